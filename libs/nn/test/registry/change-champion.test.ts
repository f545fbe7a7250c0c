import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { type ChampionFile, loadChampion, writeChampionFile } from '../../src/registry/champion.ts';
import { changeChampion, rollBack } from '../../src/registry/change-champion.ts';
import { findNewShippedChampion, readHistory } from '../../src/registry/history.ts';
import { changeOf, emptyFolder, saveTiny } from './models.ts';

const reason = { at: '2026-03-02T12:00:00.000Z', why: 'it reads sevens as ones' };

/** Three versions, of which the first is the champion. */
async function prepare(t: ExecutionContext) {
  const folder = await emptyFolder(t);
  const versions = await Promise.all([1, 2, 3].map(seed => saveTiny(folder, seed)));
  const [a, b, c] = versions as [ChampionFile, ChampionFile, ChampionFile];
  await changeChampion(folder, changeOf(null, a));
  return { folder, a, b, c };
}

/** The content of all files in the folder, by name. */
async function contentOf(folder: string): Promise<Record<string, string>> {
  const content: Record<string, string> = {};
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    content[file] = (await readFile(file)).toString('base64');
  }
  return content;
}

test('a change is made and recorded, and leaves no other files', async t => {
  const { folder, a, b } = await prepare(t);
  await changeChampion(folder, changeOf(a, b));
  t.is((await loadChampion(folder)).version, b.version);
  t.deepEqual(await readHistory(folder), [changeOf(null, a), changeOf(a, b)]);
  const versions = (await readdir(folder)).filter(name => !name.startsWith('tiny-'));
  t.deepEqual(versions.sort(), ['champion.json', 'history.jsonl']);
});

test('a decision against a former champion is champion-changed', async t => {
  const { folder, a, b, c } = await prepare(t);
  await changeChampion(folder, changeOf(a, b));
  const before = await contentOf(folder);
  await t.throwsAsync(changeChampion(folder, changeOf(a, c)), { code: 'champion-changed' });
  t.deepEqual(await contentOf(folder), before);
});

test('of two simultaneous changes one is made and the other is champion-changed', async t => {
  const { folder, a, b, c } = await prepare(t);
  const results = await Promise.allSettled([
    changeChampion(folder, changeOf(a, b)),
    changeChampion(folder, changeOf(a, c)),
  ]);
  const failed = results.filter(result => result.status === 'rejected');
  t.deepEqual(
    failed.map(({ reason }) => reason.code),
    ['champion-changed'],
  );
  const history = await readHistory(folder);
  t.is(history.length, 2);
  t.is((await loadChampion(folder)).version, history[1]!.to.version);
});

const damages: readonly [title: string, damage: (file: string) => Promise<void>, code: string][] = [
  ['whose file is missing', file => rm(file), 'model-missing'],
  ['with other bytes', file => writeFile(file, 'no model'), 'champion-digest-mismatch'],
];

for (const [title, damage, code] of damages) {
  test(`a version ${title} is ${code}, and nothing is changed`, async t => {
    const { folder, a, b } = await prepare(t);
    await damage(join(folder, b.path));
    const before = await contentOf(folder);
    await t.throwsAsync(changeChampion(folder, changeOf(a, b)), { code });
    t.deepEqual(await contentOf(folder), before);
  });

  test(`a previous champion ${title} is ${code}, and nothing is changed`, async t => {
    const { folder, a, b } = await prepare(t);
    await changeChampion(folder, changeOf(a, b));
    await damage(join(folder, a.path));
    const before = await contentOf(folder);
    await t.throwsAsync(rollBack(folder, reason), { code });
    t.deepEqual(await contentOf(folder), before);
  });
}

test('a corrupt history stops every change', async t => {
  const { folder, a, b } = await prepare(t);
  await writeFile(join(folder, 'history.jsonl'), 'nonsense\n');
  const before = await contentOf(folder);
  await t.throwsAsync(changeChampion(folder, changeOf(a, b)), { code: 'history-corrupt' });
  await t.throwsAsync(rollBack(folder, reason), { code: 'history-corrupt' });
  t.deepEqual(await contentOf(folder), before);
});

test('two rollbacks restore the champion before the previous one', async t => {
  const { folder, a, b, c } = await prepare(t);
  await changeChampion(folder, changeOf(a, b));
  await changeChampion(folder, changeOf(b, c));
  const first = await rollBack(folder, reason);
  t.like(first, { ...reason, action: 'rollback', from: c, to: b });
  t.like(await rollBack(folder, reason), { from: b, to: a });
  t.is((await loadChampion(folder)).version, a.version);
  t.is((await readHistory(folder)).length, 5);
  await t.throwsAsync(rollBack(folder, reason), { code: 'history-empty' });
});

test('an unreadable champion can be rolled back', async t => {
  const { folder, a, b } = await prepare(t);
  await changeChampion(folder, changeOf(a, b));
  await writeFile(join(folder, 'champion.json'), 'nonsense');
  t.like(await rollBack(folder, reason), { from: null, to: b });
  t.is((await loadChampion(folder)).version, b.version);
});

test('a champion that was set by hand can be rolled back to the one before', async t => {
  const { folder, a, b, c } = await prepare(t);
  await writeChampionFile(folder, b);
  await changeChampion(folder, changeOf(b, c));
  t.like(await rollBack(folder, reason), { to: b });
  t.like(await rollBack(folder, reason), { to: a });
});

/** A folder of one's own that does not exist yet, over a shipped one with a champion and two versions. */
async function prepareLayers(t: ExecutionContext) {
  const { folder: shipped, a, b, c } = await prepare(t);
  const own = join(await emptyFolder(t), 'data', 'models');
  return { models: { own, shipped }, before: await contentOf(shipped), a, b, c };
}

test('over a shipped champion, one’s own versions come and go and the shipped folder is unchanged', async t => {
  const { models, before, a } = await prepareLayers(t);
  const versionOf = async () => (await loadChampion(models)).version;
  t.is(await versionOf(), a.version);
  await t.throwsAsync(rollBack(models, reason), { code: 'history-empty' });

  const [first, second] = [await saveTiny(models.own, 11), await saveTiny(models.own, 13)];
  await changeChampion(models, changeOf(a, first));
  await changeChampion(models, changeOf(first, second));
  t.is(await versionOf(), second.version);
  t.is((await readHistory(models)).length, 2);

  t.like(await rollBack(models, reason), { from: second, to: first });
  t.like(await rollBack(models, reason), { from: first, to: a });
  t.is(await versionOf(), a.version);
  t.false((await readdir(models.own)).includes('champion.json'));
  await t.throwsAsync(rollBack(models, reason), { code: 'history-empty' });

  await changeChampion(models, changeOf(a, second));
  await changeChampion(models, changeOf(second, a));
  t.like(await rollBack(models, reason), { from: a, to: second });
  t.deepEqual(await contentOf(models.shipped), before);
});

test('the rollback of the first own champion leads to the champion that is shipped now', async t => {
  const { models, a, b, c } = await prepareLayers(t);
  const first = await saveTiny(models.own, 11);
  await changeChampion(models, changeOf(a, first));
  t.is(await findNewShippedChampion(models), null);
  await writeChampionFile(models.shipped, b);
  await rm(join(models.shipped, a.version), { recursive: true });
  t.deepEqual(await findNewShippedChampion(models), b);
  t.is((await loadChampion(models)).version, first.version);
  t.like(await rollBack(models, reason), { from: first, to: b });
  await writeChampionFile(models.shipped, c);
  t.is((await loadChampion(models)).version, c.version);
  await t.throwsAsync(rollBack(models, reason), { code: 'history-empty' });
});

test('a damaged champion of one’s own is not replaced by the shipped one until it is rolled back', async t => {
  const { models, a } = await prepareLayers(t);
  const first = await saveTiny(models.own, 11);
  await changeChampion(models, changeOf(a, first));
  await writeFile(join(models.own, 'champion.json'), 'nonsense');
  await t.throwsAsync(loadChampion(models), { code: 'champion-corrupt' });
  t.like(await rollBack(models, reason), { from: null, to: first });
  await rm(join(models.own, first.version), { recursive: true });
  await t.throwsAsync(loadChampion(models), { code: 'model-missing' });
  t.like(await rollBack(models, reason), { from: first, to: a });
});
