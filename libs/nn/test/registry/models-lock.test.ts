import { spawnSync } from 'node:child_process';
import { lstat, readdir, symlink, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { withModelsLock } from '../../src/registry/models-lock.ts';
import { emptyFolder } from './models.ts';

/** The number of a process that has ended. */
function deadProcess(): number {
  return spawnSync(process.execPath, ['--version']).pid;
}

test('the work has the lock, and nothing is left of it afterwards', async t => {
  const folder = await emptyFolder(t);
  const result = await withModelsLock(folder, async () => {
    t.deepEqual(await readdir(folder), ['.champion.lock']);
    return 7;
  });
  t.is(result, 7);
  t.deepEqual(await readdir(folder), []);
});

test('work that fails leaves no lock', async t => {
  const folder = await emptyFolder(t);
  const failing = withModelsLock(folder, async () => {
    throw new RangeError('no');
  });
  await t.throwsAsync(failing, { instanceOf: RangeError });
  t.deepEqual(await readdir(folder), []);
});

test('work that is asked for at once is done one after the other', async t => {
  const folder = await emptyFolder(t);
  let inside = 0;
  const work = () =>
    withModelsLock(folder, async () => {
      t.is(++inside, 1);
      await lstat(join(folder, '.champion.lock'));
      inside--;
    });
  await Promise.all([work(), work(), work()]);
});

for (const [title, pid] of [
  ['a process that has ended', deadProcess],
  ['an earlier process with the number of this one', () => process.pid],
] as const) {
  test(`the lock of ${title} is taken away`, async t => {
    const folder = await emptyFolder(t);
    await symlink(`${hostname()}:${pid()}:earlier`, join(folder, '.champion.lock'));
    t.is(await withModelsLock(folder, async () => 'done'), 'done');
    t.deepEqual(await readdir(folder), []);
  });
}

test('several who find a lock left behind still do their work one after the other', async t => {
  const folder = await emptyFolder(t);
  await symlink(`${hostname()}:${deadProcess()}:earlier`, join(folder, '.champion.lock'));
  let inside = 0;
  const work = () =>
    withModelsLock(folder, async () => {
      t.is(++inside, 1);
      await readdir(folder);
      inside--;
    });
  await Promise.all([work(), work(), work(), work()]);
  t.deepEqual(await readdir(folder), []);
});

test('a folder that is none is write-failed', async t => {
  const folder = await emptyFolder(t);
  await writeFile(join(folder, 'file'), '');
  const working = withModelsLock(join(folder, 'file'), async () => {});
  await t.throwsAsync(working, { code: 'write-failed' });
});

for (const [title, holder] of [
  ['a process of another machine', 'elsewhere:1:abc'],
  ['a process that runs', `${hostname()}:${process.ppid}:abc`],
  ['nobody knows whom', 'nobody'],
] as const) {
  test(`the lock of ${title} is respected, and models-locked in the end`, async t => {
    const folder = await emptyFolder(t);
    await symlink(holder, join(folder, '.champion.lock'));
    const working = withModelsLock(folder, async () => t.fail());
    const error = await t.throwsAsync(working, { code: 'models-locked' });
    t.true(error!.message.includes(holder));
    t.deepEqual(await readdir(folder), ['.champion.lock']);
  });
}
