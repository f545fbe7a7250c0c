import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { loopKernels } from '../../src/engine/kernels/loops.ts';
import { createNetwork } from '../../src/engine/network.ts';
import { Random } from '../../src/engine/random.ts';
import { preprocessing } from '../../src/preprocess/preprocess.ts';
import { loadChampion, saveVersion, writeChampionFile } from '../../src/registry/champion.ts';
import { encodeModel } from '../../src/registry/model-file.ts';
import { findVersion } from '../../src/registry/versions.ts';

const layerSizes = [7, 5, 3];
const description = {
  layerSizes,
  preprocessing,
  temperature: 1,
  seed: '1',
  trainedOn: 'nothing',
  acceptance: null,
  accuracy: null,
};

function modelBytes(seed: number): Uint8Array {
  return encodeModel(createNetwork(loopKernels, new Random(seed), layerSizes), description);
}

/** Saves a version with a note beside it and makes it the champion. */
async function saveChampion(folder: string, name: string, bytes: Uint8Array) {
  const note = async ({ version }: { version: string }) => ({ 'note.txt': version });
  const champion = await saveVersion(folder, name, bytes, note);
  await writeChampionFile(folder, champion);
  return champion;
}

test('a model whose images are not preprocessed cannot be loaded as the champion', async t => {
  const folder = await emptyFolder(t);
  const network = createNetwork(loopKernels, new Random(1), layerSizes);
  const bytes = encodeModel(network, { ...description, preprocessing: 'none' });
  await saveChampion(folder, 'letters', bytes);
  await t.throwsAsync(loadChampion(folder), {
    code: 'model-unsupported',
    message: /letters-\w+ is a model of 3 classes for images of 7 pixels/,
  });
});

async function emptyFolder(t: ExecutionContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'models-'));
  t.teardown(() => rm(folder, { recursive: true }));
  return folder;
}

test('a saved champion is loaded again', async t => {
  const folder = await emptyFolder(t);
  const saved = await saveChampion(folder, 'tiny-1', modelBytes(1));
  const champion = await loadChampion(folder);
  t.is(champion.version, `tiny-1-${champion.sha256.slice(0, 8)}`);
  t.is(champion.sha256, saved.sha256);
  t.deepEqual(champion.model.layerSizes, layerSizes);
});

test('the other files of a version are beside its model', async t => {
  const folder = await emptyFolder(t);
  const { version } = await saveChampion(folder, 'tiny-1', modelBytes(1));
  t.is(await readFile(join(folder, version, 'note.txt'), 'utf8'), version);
});

test('a version that is only saved does not change the champion', async t => {
  const folder = await emptyFolder(t);
  const first = await saveChampion(folder, 'tiny-1', modelBytes(1));
  await saveVersion(folder, 'tiny-2', modelBytes(2), async () => ({}));
  t.is((await loadChampion(folder)).version, first.version);
});

test('saving the same model twice writes the same files, another model gets its own folder', async t => {
  const folder = await emptyFolder(t);
  await saveChampion(folder, 'tiny-1', modelBytes(1));
  const before = await readdir(folder, { recursive: true });
  await saveChampion(folder, 'tiny-1', modelBytes(1));
  t.deepEqual(await readdir(folder, { recursive: true }), before);
  const second = await saveChampion(folder, 'tiny-2', modelBytes(2));
  t.is((await loadChampion(folder)).version, second.version);
  t.is((await readdir(folder)).length, 3);
});

test('a model whose bytes changed is champion-digest-mismatch', async t => {
  const folder = await emptyFolder(t);
  const { path } = await saveChampion(folder, 'tiny-1', modelBytes(1));
  await writeFile(join(folder, path), modelBytes(2));
  await t.throwsAsync(loadChampion(folder), { code: 'champion-digest-mismatch' });
});

test('a deleted model is model-missing', async t => {
  const folder = await emptyFolder(t);
  const { path } = await saveChampion(folder, 'tiny-1', modelBytes(1));
  await rm(join(folder, path));
  await t.throwsAsync(loadChampion(folder), { code: 'model-missing' });
});

test('a folder without a champion is champion-missing', async t => {
  await t.throwsAsync(loadChampion(await emptyFolder(t)), { code: 'champion-missing' });
});

for (const [title, change] of [
  ['leads out of the folder', { path: '../elsewhere/model.safetensors' }],
  ['is absolute', { path: '/etc/hostname' }],
  ['is hidden', { path: '.git/config' }],
  ['is a number', { path: 7 }],
] as const) {
  test(`a champion whose path ${title} is champion-corrupt`, async t => {
    const folder = await emptyFolder(t);
    await saveChampion(folder, 'tiny-1', modelBytes(1));
    const file = join(folder, 'champion.json');
    const champion = JSON.parse(await readFile(file, 'utf8'));
    await writeFile(file, JSON.stringify({ ...champion, ...change }));
    await t.throwsAsync(loadChampion(folder), { code: 'champion-corrupt' });
  });
}

test('a champion.json that is not JSON is champion-corrupt', async t => {
  const folder = await emptyFolder(t);
  for (const [text, message] of [
    ['{"version": \n', /champion\.json contains {"version":, expected/],
    ['\n', /champion\.json contains nothing, expected/],
  ] as const) {
    await writeFile(join(folder, 'champion.json'), text);
    await t.throwsAsync(loadChampion(folder), { code: 'champion-corrupt', message });
  }
});

test('a folder that cannot be written to is write-failed', async t => {
  const folder = await emptyFolder(t);
  await writeFile(join(folder, 'file'), '');
  const inside = join(folder, 'file', 'models');
  await t.throwsAsync(saveChampion(inside, 'tiny-1', modelBytes(1)), { code: 'write-failed' });
});

test('a FIFO or a device instead of a file is refused without waiting for it', async t => {
  const folder = await emptyFolder(t);
  const { version, path } = await saveChampion(folder, 'tiny-1', modelBytes(1));
  await rm(join(folder, path));
  t.is(spawnSync('mkfifo', [join(folder, path)]).status, 0);
  await t.throwsAsync(loadChampion(folder), { code: 'model-missing' });
  await t.throwsAsync(findVersion(folder, version), { code: 'model-missing' });
  await rm(join(folder, 'champion.json'));
  await symlink('/dev/zero', join(folder, 'champion.json'));
  await t.throwsAsync(loadChampion(folder), { code: 'champion-missing' });
});

test('a link that leads out of the models folder is model-outside', async t => {
  const folder = await emptyFolder(t);
  const { version, path } = await saveChampion(folder, 'tiny-1', modelBytes(1));
  // The sibling's path begins with the path of the folder.
  const outside = `${folder}-outside`;
  t.teardown(() => rm(outside, { recursive: true }));
  await rename(join(folder, version), outside);
  await symlink(outside, join(folder, version));
  await t.throwsAsync(loadChampion(folder), { code: 'model-outside' });
  await t.throwsAsync(findVersion(folder, version), { code: 'model-outside' });
  await rm(join(folder, path));
  await t.throwsAsync(findVersion(folder, version), { code: 'model-missing' });
});

test('a model is loaded over links inside the folder, and from a folder that is a link', async t => {
  const folder = await emptyFolder(t);
  const { version } = await saveChampion(folder, 'tiny-1', modelBytes(1));
  // As in a mounted ConfigMap: name → ..data/name, ..data → ..2026_03_01/
  await rename(join(folder, version), join(folder, '..2026_03_01'));
  await symlink('..2026_03_01', join(folder, '..data'));
  await symlink('..data', join(folder, version));
  const link = `${folder}-link`;
  t.teardown(() => rm(link));
  await symlink(folder, link);
  t.is((await loadChampion(link)).version, version);
  t.is((await findVersion(link, version)).version, version);
});
