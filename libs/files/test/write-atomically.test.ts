import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { writeAtomically } from '../src/index.ts';
import { emptyFolder } from './empty-folder.ts';

test('a file is written and replaced, with nothing left beside it', async t => {
  const folder = await emptyFolder(t);
  const file = join(folder, 'file');
  await writeAtomically(file, 'first');
  await writeAtomically(file, Uint8Array.of(50));
  t.is(await readFile(file, 'utf8'), '2');
  t.deepEqual(await readdir(folder), ['file']);
});

test('a failed write leaves the old content and nothing beside it', async t => {
  const folder = await emptyFolder(t);
  const occupied = join(folder, 'occupied');
  await mkdir(occupied);
  await writeFile(join(occupied, 'file'), 'kept');
  await t.throwsAsync(writeAtomically(occupied, 'new'));
  t.deepEqual(await readdir(folder), ['occupied']);
  t.is(await readFile(join(occupied, 'file'), 'utf8'), 'kept');
});

test('a folder that does not exist is ENOENT', async t => {
  const file = join(await emptyFolder(t), 'none', 'file');
  await t.throwsAsync(writeAtomically(file, ''), { code: 'ENOENT' });
});

test('without replacement an existing file is EEXIST and stays', async t => {
  const folder = await emptyFolder(t);
  const file = join(folder, 'file');
  await writeAtomically(file, 'first', { replace: false });
  const writing = writeAtomically(file, 'second', { replace: false });
  await t.throwsAsync(writing, { code: 'EEXIST' });
  t.is(await readFile(file, 'utf8'), 'first');
  t.deepEqual(await readdir(folder), ['file']);
});

test('the file has the permissions that were asked for', async t => {
  const file = join(await emptyFolder(t), 'file');
  await writeAtomically(file, 'private', { mode: 0o600 });
  t.is((await stat(file)).mode & 0o777, 0o600);
  await chmod(file, 0o644);
  await writeAtomically(file, 'private again', { mode: 0o600 });
  t.is((await stat(file)).mode & 0o777, 0o600);
});
