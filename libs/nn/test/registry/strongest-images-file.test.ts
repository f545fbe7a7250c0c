// The file of strongest images: a round trip, and every kind of file that is as good as none.

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { imagesPerNeuron } from '../../src/inference/strongest-images.ts';
import { loadVersion } from '../../src/registry/champion.ts';
import {
  readStrongestImages,
  writeStrongestImages,
} from '../../src/registry/strongest-images-file.ts';
import { emptyFolder, saveTiny } from './models.ts';

const searched = { sha256: 'a'.repeat(64), count: 100 };

/** A folder with a model of 5 and 3 neurons, and images for each. */
async function prepare(t: ExecutionContext) {
  const folder = await emptyFolder(t);
  const loaded = await loadVersion(folder, await saveTiny(folder, 1));
  const layers = [5, 3].map(neurons => ({
    images: Float32Array.from({ length: neurons * imagesPerNeuron }, (_, i) => (i % 101) - 1),
    outputs: Float32Array.from({ length: neurons * imagesPerNeuron }, (_, i) => i / 7),
  }));
  const file = join(folder, loaded.version, 'strongest-images.safetensors');
  return { folder, loaded, layers, file };
}

test('what is written is read', async t => {
  const { folder, loaded, layers } = await prepare(t);
  await writeStrongestImages(folder, loaded, searched, layers);
  t.deepEqual(await readStrongestImages(folder, loaded, searched), layers);
});

test('it is written to one’s own folder, and read from the shipped one', async t => {
  const { folder: shipped, loaded, layers } = await prepare(t);
  const own = join(await emptyFolder(t), 'models');
  t.is(await readStrongestImages({ own, shipped }, loaded, searched), undefined);
  await writeStrongestImages({ own, shipped }, loaded, searched, layers);
  t.is(await readStrongestImages(shipped, loaded, searched), undefined);
  t.deepEqual(await readStrongestImages(own, loaded, searched), layers);
  await writeStrongestImages(shipped, loaded, searched, layers);
  await writeFile(join(own, loaded.version, 'strongest-images.safetensors'), 'damaged');
  t.deepEqual(await readStrongestImages({ own, shipped }, loaded, searched), layers);
});

test('a file of another model, of other images, or of fewer images is as good as none', async t => {
  const { folder, loaded, layers } = await prepare(t);
  await writeStrongestImages(folder, loaded, searched, layers);
  const retrained = { ...loaded, sha256: 'b'.repeat(64) };
  t.is(await readStrongestImages(folder, retrained, searched), undefined);
  const others = { ...searched, sha256: 'c'.repeat(64) };
  t.is(await readStrongestImages(folder, loaded, others), undefined);
  t.is(await readStrongestImages(folder, loaded, { ...searched, count: 20 }), undefined);
});

for (const [title, damage] of [
  ['empty', () => Buffer.alloc(0)],
  ['cut short', (bytes: Buffer) => bytes.subarray(0, -4)],
  ['far too long', () => Buffer.alloc(1_000_000)],
  ['half an index', (bytes: Buffer) => withLastIndex(bytes, 0.5)],
  ['an index before the first', (bytes: Buffer) => withLastIndex(bytes, -2)],
] as const) {
  test(`a file that is or has ${title} is as good as none`, async t => {
    const { folder, loaded, layers, file } = await prepare(t);
    await writeStrongestImages(folder, loaded, searched, layers);
    await writeFile(file, damage(await readFile(file)));
    t.is(await readStrongestImages(folder, loaded, searched), undefined);
  });
}

/** The last tensor but one has the images of the last layer. */
function withLastIndex(bytes: Buffer, value: number): Buffer {
  bytes.writeFloatLE(value, bytes.length - 4 * (3 * imagesPerNeuron + 1));
  return bytes;
}

test('a folder in its place is as good as none', async t => {
  const { folder, loaded, file } = await prepare(t);
  await mkdir(file);
  t.is(await readStrongestImages(folder, loaded, searched), undefined);
});

test('where it cannot be written, that is an error with a code', async t => {
  const { folder, loaded, layers, file } = await prepare(t);
  await mkdir(join(file, 'x'), { recursive: true });
  await t.throwsAsync(writeStrongestImages(folder, loaded, searched, layers), {
    code: 'write-failed',
  });
});
