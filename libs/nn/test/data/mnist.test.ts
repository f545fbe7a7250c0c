import { copyFile, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { loadMnist, mnistFolder } from '../../src/data/mnist.ts';

const files = [
  'train-images-idx3-ubyte',
  'train-labels-idx1-ubyte',
  't10k-images-idx3-ubyte',
  't10k-labels-idx1-ubyte',
];

test('the installed MNIST is the published one', async t => {
  const { training, test: testing } = await loadMnist();
  t.like(training, { count: 60_000, rows: 28, columns: 28 });
  t.is(testing.count, 10_000);
  t.deepEqual([...training.labels.subarray(0, 5)], [5, 0, 4, 1, 9]);
});

test('a folder without the files is data-missing', async t => {
  await t.throwsAsync(loadMnist(join(tmpdir(), 'no-such-folder')), { code: 'data-missing' });
});

test('a single changed byte is data-corrupt', async t => {
  const folder = await mkdtemp(join(tmpdir(), 'mnist-'));
  t.teardown(() => rm(folder, { recursive: true }));
  for (const file of files) await copyFile(join(mnistFolder(), file), join(folder, file));
  const labels = await open(join(folder, 't10k-labels-idx1-ubyte'), 'r+');
  await labels.write(Uint8Array.of(3), 0, 1, 2000);
  await labels.close();
  await t.throwsAsync(loadMnist(folder), { code: 'data-corrupt', message: /t10k-labels.*SHA-256/ });
});
