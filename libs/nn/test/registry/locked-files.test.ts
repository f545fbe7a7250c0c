import { readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { withModelsLock, writeAtomically } from '../../src/registry/locked-files.ts';
import { emptyFolder } from './models.ts';

test('a file that cannot be written is write-failed', async t => {
  const folder = await emptyFolder(t);
  await t.throwsAsync(writeAtomically(join(folder, 'none', 'file'), ''), { code: 'write-failed' });
});

test('the work holds the lock of the models folder', async t => {
  const folder = await emptyFolder(t);
  await withModelsLock(folder, async () => t.deepEqual(await readdir(folder), ['.champion.lock']));
  t.deepEqual(await readdir(folder), []);
});

test('a models folder that is a file is write-failed', async t => {
  const folder = await emptyFolder(t);
  await writeFile(join(folder, 'file'), '');
  const working = withModelsLock(join(folder, 'file'), async () => {});
  await t.throwsAsync(working, { code: 'write-failed' });
});

test('a lock that another process does not release is models-locked', async t => {
  const folder = await emptyFolder(t);
  await symlink('elsewhere:1:abc', join(folder, '.champion.lock'));
  const limits = { maxAttempts: 3, pauseMs: 1 };
  const working = withModelsLock(folder, async () => t.fail(), limits);
  await t.throwsAsync(working, { code: 'models-locked', message: /elsewhere:1:abc/ });
  t.deepEqual(await readdir(folder), ['.champion.lock']);
});

test('work that fails keeps its own error', async t => {
  const failing = withModelsLock(await emptyFolder(t), async () => {
    throw new RangeError('no');
  });
  await t.throwsAsync(failing, { instanceOf: RangeError });
});
