import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import test, { type ExecutionContext } from 'ava';
import { loadIdxFolder } from '../../src/data/idx-folder.ts';
import { idxBytes, imageMagic, labelMagic } from './idx-bytes.ts';

const whole: Record<string, Buffer> = {
  'train-images-idx3-ubyte': idxBytes(imageMagic, [3, 1, 2], [1, 2, 3, 4, 5, 6]),
  'train-labels-idx1-ubyte': idxBytes(labelMagic, [3], [7, 8, 9]),
  't10k-images-idx3-ubyte': idxBytes(imageMagic, [1, 1, 2], [7, 8]),
  't10k-labels-idx1-ubyte': idxBytes(labelMagic, [1], [0]),
};

/** A folder of these files; a file that is null is left out. */
async function folderOf(t: ExecutionContext, files: Record<string, Uint8Array | null>) {
  const folder = await mkdtemp(join(tmpdir(), 'idx-'));
  t.teardown(() => rm(folder, { recursive: true }));
  for (const [name, bytes] of Object.entries(files)) {
    if (bytes) await writeFile(join(folder, name), bytes);
  }
  return folder;
}

test('the four files are read, with a digest of each', async t => {
  const { training, test: testing, digests } = await loadIdxFolder(await folderOf(t, whole));
  t.like(training, { count: 3, rows: 1, columns: 2 });
  t.deepEqual([...testing.pixels], [7, 8]);
  t.is(Object.keys(digests).length, 4);
});

test('gzipped files give the same data', async t => {
  const packed = Object.fromEntries(
    Object.entries(whole).map(([name, bytes]) => [`${name}.gz`, gzipSync(bytes)]),
  );
  const plain = await loadIdxFolder(await folderOf(t, whole));
  const unpacked = await loadIdxFolder(await folderOf(t, packed));
  t.deepEqual(unpacked.digests, plain.digests);
});

const images = 'train-images-idx3-ubyte';
const faults: [title: string, files: Record<string, Uint8Array | null>, code: string][] = [
  ['that lacks a file', { [images]: null }, 'data-missing'],
  [
    'with gzip cut short',
    { [images]: null, [`${images}.gz`]: gzipSync(whole[images]!).subarray(0, 20) },
    'data-corrupt',
  ],
  ['with a truncated file', { [images]: whole[images]!.subarray(0, 20) }, 'data-corrupt'],
  [
    'with labels in place of images',
    { [images]: whole['train-labels-idx1-ubyte']! },
    'data-corrupt',
  ],
  [
    'with training and test files swapped',
    { [images]: whole['t10k-images-idx3-ubyte']! },
    'data-mismatch',
  ],
  [
    'with test images of another size',
    { 't10k-images-idx3-ubyte': idxBytes(imageMagic, [1, 2, 2], [1, 2, 3, 4]) },
    'data-mismatch',
  ],
];

for (const [title, files, code] of faults) {
  test(`a folder ${title} is ${code}`, async t => {
    const folder = await folderOf(t, { ...whole, ...files });
    await t.throwsAsync(loadIdxFolder(folder), { code });
  });
}

test('a file in place of the folder is data-missing', async t => {
  const folder = await folderOf(t, whole);
  await t.throwsAsync(loadIdxFolder(join(folder, images)), { code: 'data-missing' });
});
