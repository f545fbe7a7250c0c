import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { writeAtomically } from '../../src/registry/write-atomically.ts';

async function emptyFolder(t: ExecutionContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'write-'));
  t.teardown(() => rm(folder, { recursive: true }));
  return folder;
}

test('a file is written, and written over, with nothing left beside it', async t => {
  const folder = await emptyFolder(t);
  const file = join(folder, 'file');
  await writeAtomically(file, 'first');
  await writeAtomically(file, Uint8Array.of(50));
  t.is(await readFile(file, 'utf8'), '2');
  t.deepEqual(await readdir(folder), ['file']);
});

test('a write that fails leaves what was there, and nothing beside it', async t => {
  const folder = await emptyFolder(t);
  const occupied = join(folder, 'occupied');
  await mkdir(occupied);
  await writeFile(join(occupied, 'file'), 'kept');
  await t.throwsAsync(writeAtomically(occupied, 'new'), { code: 'write-failed' });
  t.deepEqual(await readdir(folder), ['occupied']);
  t.is(await readFile(join(occupied, 'file'), 'utf8'), 'kept');
});

test('a folder that is not there is write-failed', async t => {
  const folder = await emptyFolder(t);
  await t.throwsAsync(writeAtomically(join(folder, 'none', 'file'), ''), { code: 'write-failed' });
});
