// Files that are written whole or not at all, bounded reads, and locks that one process holds.

import { spawnSync } from 'node:child_process';
import {
  chmod,
  lstat,
  mkdir,
  readdir,
  readFile,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import {
  isProcessAlive,
  makeFolder,
  makeFolderSync,
  readRegularFile,
  readRegularFileSync,
  renameFile,
  replaceFiles,
  withFileLock,
  writeAtomically,
} from '../src/index.ts';
import { lockLinkOf } from '../src/lock-link.ts';
import { emptyFolder } from './empty-folder.ts';

/** For tests of permissions, symbolic links and FIFOs, which Windows does not have or does not let users make. */
const testOnPosix = process.platform === 'win32' ? test.skip : test;

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

testOnPosix('a FIFO or a device is not replaced, nor a link to one', async t => {
  const folder = await emptyFolder(t);
  const fifo = join(folder, 'fifo');
  t.is(spawnSync('mkfifo', [fifo]).status, 0);
  await symlink('fifo', join(folder, 'link'));
  for (const name of ['fifo', 'link']) {
    const writing = writeAtomically(join(folder, name), 'new');
    await t.throwsAsync(writing, { code: 'not-a-regular-file', message: /^it is a FIFO/ });
  }
  t.true((await stat(fifo)).isFIFO());
  t.deepEqual(await readdir(folder), ['fifo', 'link']);
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

testOnPosix('the file has the permissions that were asked for', async t => {
  const file = join(await emptyFolder(t), 'file');
  await writeAtomically(file, 'private', { mode: 0o600 });
  t.is((await stat(file)).mode & 0o777, 0o600);
  await chmod(file, 0o644);
  await writeAtomically(file, 'private again', { mode: 0o600 });
  t.is((await stat(file)).mode & 0o777, 0o600);
});

test('a write removes the temporary files of killed processes for the same file, and no others', async t => {
  const folder = await emptyFolder(t);
  const host = hostname()
    .replace(/[^\w-]/g, '-')
    .slice(-16);
  const dead = deadProcess();
  const others = [
    `file.${host}.${process.ppid}.tmp`,
    `file.another-host.${dead}.tmp`,
    `file.${host}.notes.tmp`,
    `other-file.${host}.${dead}.tmp`,
  ];
  for (const name of [`file.${host}.${dead}.tmp`, ...others])
    await writeFile(join(folder, name), 'partial');
  await writeAtomically(join(folder, 'file'), 'whole');
  t.deepEqual((await readdir(folder)).sort(), ['file', ...others].sort());
});

/** The pid of a process that has ended. */
function deadProcess(): number {
  return spawnSync(process.execPath, ['--version']).pid;
}

for (const [name, make] of [
  ['makeFolder', makeFolder],
  ['makeFolderSync', async (path: string) => makeFolderSync(path)],
] as const) {
  test(`${name} creates a folder and those above it, and leaves one that exists`, async t => {
    const folder = await emptyFolder(t);
    const deep = join(folder, 'a', 'b', 'c');
    await make(deep);
    await make(deep);
    t.true((await stat(deep)).isDirectory());
    const file = join(folder, 'file');
    await writeFile(file, '');
    await t.throwsAsync(make(file), { code: 'EEXIST' });
    await t.throwsAsync(make(join(file, 'below')), { code: 'ENOTDIR' });
    // Node's own recursive mkdir never ends here.
    if (process.platform === 'linux') {
      await t.throwsAsync(make('/proc/none/below'), { code: 'ENOENT' });
    }
  });
}

test('a running process is alive, one that has ended or an impossible number is not', t => {
  t.true(isProcessAlive(process.pid));
  t.true(isProcessAlive(1));
  t.false(isProcessAlive(deadProcess()));
  t.false(isProcessAlive(9_999_999_999));
});

test('the files of a build replace those of the former one, except recent ones that are kept', async t => {
  const folder = await emptyFolder(t);
  const write = (name: string, keptMs?: number) => {
    const entry = join(folder, 'main.js');
    const files = [
      { path: entry, contents: name },
      { path: join(folder, name), contents: Uint8Array.of(50) },
    ];
    return replaceFiles(folder, files, { entry, ...(keptMs !== undefined && { keptMs }) });
  };
  await write('first.js');
  await write('second.js');
  t.deepEqual(await readdir(folder), ['main.js', 'second.js']);
  await utimes(join(folder, 'second.js'), 0, 0);
  await write('third.js', 60_000);
  t.deepEqual(await readdir(folder), ['main.js', 'third.js']);
  await write('fourth.js', 60_000);
  t.deepEqual(await readdir(folder), ['fourth.js', 'main.js', 'third.js']);
  t.is(await readFile(join(folder, 'main.js'), 'utf8'), 'fourth.js');
});

test('the entry of a build is not written where another file cannot be', async t => {
  const folder = await emptyFolder(t);
  const entry = join(folder, 'main.js');
  await mkdir(join(folder, 'chunk.js', 'occupied'), { recursive: true });
  const files = [entry, join(folder, 'chunk.js')].map(path => ({ path, contents: '' }));
  await t.throwsAsync(replaceFiles(folder, files, { entry }));
  t.deepEqual(await readdir(folder), ['chunk.js']);
});

for (const [system, link] of Object.entries({
  POSIX: lockLinkOf('linux'),
  Windows: lockLinkOf('win32'),
})) {
  test(`the work holds the lock of ${system}, and nothing is left of it afterwards`, async t => {
    const folder = await emptyFolder(t);
    const work = async () => {
      t.deepEqual(await readdir(folder), ['lock']);
      return 7;
    };
    t.is(await withFileLock(join(folder, 'lock'), work, { link }), 7);
    t.deepEqual(await readdir(folder), []);
  });

  test(`the lock of ${system} that a process has left is removed, one that is held is respected`, async t => {
    const folder = await emptyFolder(t);
    const lock = join(folder, 'lock');
    await link.create(lock, `${hostname()}:${deadProcess()}:earlier`);
    t.is(await withFileLock(lock, async () => 'done', { link }), 'done');
    await link.create(lock, 'elsewhere:7:abc');
    const working = withFileLock(lock, async () => t.fail(), { maxAttempts: 2, pauseMs: 1, link });
    await t.throwsAsync(working, { code: 'lock-held', message: /elsewhere:7:abc/ });
    t.deepEqual(await readdir(folder), ['lock']);
  });
}

/** Fails so many times, then succeeds. */
function failing(times: number, code: string) {
  const calls: string[] = [];
  const attempt = async (from: string, to: string) => {
    calls.push(`${from} ${to}`);
    if (calls.length <= times) throw Object.assign(new Error(code), { code });
  };
  return { calls, attempt };
}

test('on Windows a file that is in use for a moment is renamed in the end', async t => {
  const { calls, attempt } = failing(2, 'EPERM');
  await renameFile('a', 'b', { platform: 'win32', attempt, pausesMs: [1, 1, 1] });
  t.deepEqual(calls, ['a b', 'a b', 'a b']);
});

test('a rename fails at once elsewhere and for other reasons, and at last on Windows', async t => {
  for (const [platform, code, attempts] of [
    ['linux', 'EPERM', 1],
    ['win32', 'ENOENT', 1],
    ['win32', 'EBUSY', 3],
  ] as const) {
    const { calls, attempt } = failing(9, code);
    await t.throwsAsync(renameFile('a', 'b', { platform, attempt, pausesMs: [1, 1] }), { code });
    t.is(calls.length, attempts);
  }
});

test('work that fails leaves no lock', async t => {
  const folder = await emptyFolder(t);
  const failing = withFileLock(join(folder, 'lock'), async () => {
    throw new RangeError('no');
  });
  await t.throwsAsync(failing, { instanceOf: RangeError });
  t.deepEqual(await readdir(folder), []);
});

test('concurrent work runs one after the other', async t => {
  const folder = await emptyFolder(t);
  let inside = 0;
  const work = () =>
    withFileLock(join(folder, 'lock'), async () => {
      t.is(++inside, 1);
      await lstat(join(folder, 'lock'));
      inside--;
    });
  await Promise.all([work(), work(), work()]);
});

for (const [title, pid] of [
  ['a process that has ended', deadProcess],
  ['an earlier process with the pid of this one', () => process.pid],
] as const) {
  testOnPosix(`the lock of ${title} is removed`, async t => {
    const folder = await emptyFolder(t);
    await symlink(`${hostname()}:${pid()}:earlier`, join(folder, 'lock'));
    t.is(await withFileLock(join(folder, 'lock'), async () => 'done'), 'done');
    t.deepEqual(await readdir(folder), []);
  });
}

testOnPosix(
  'several processes that find an abandoned lock still work one after the other',
  async t => {
    const folder = await emptyFolder(t);
    await symlink(`${hostname()}:${deadProcess()}:earlier`, join(folder, 'lock'));
    let inside = 0;
    const work = () =>
      withFileLock(join(folder, 'lock'), async () => {
        t.is(++inside, 1);
        await readdir(folder);
        inside--;
      });
    await Promise.all([work(), work(), work(), work()]);
    t.deepEqual(await readdir(folder), []);
  },
);

test('a path that is no folder is lock-failed', async t => {
  const folder = await emptyFolder(t);
  await writeFile(join(folder, 'file'), '');
  const working = withFileLock(join(folder, 'file', 'lock'), async () => {});
  await t.throwsAsync(working, { code: 'lock-failed' });
});

for (const [title, holder] of [
  ['a process of another machine', 'elsewhere:1:abc'],
  ['a running process', `${hostname()}:${process.ppid}:abc`],
  ['an unknown holder', 'unreadable'],
] as const) {
  testOnPosix(`the lock of ${title} is respected, and lock-held in the end`, async t => {
    const folder = await emptyFolder(t);
    const lock = join(folder, 'lock');
    await symlink(holder, lock);
    const working = withFileLock(lock, async () => t.fail(), { maxAttempts: 3, pauseMs: 5 });
    await t.throwsAsync(working, { code: 'lock-held', message: RegExp(holder) });
    t.deepEqual(await readdir(folder), ['lock']);
  });
}

for (const [name, read] of [
  ['at once', async (path: string, maxBytes: number) => readRegularFileSync(path, maxBytes)],
  ['in the background', readRegularFile],
] as const) {
  testOnPosix(`a file is read ${name}, also through a link, up to the given size`, async t => {
    const folder = await emptyFolder(t);
    await writeFile(join(folder, 'file'), 'seven b');
    await symlink('file', join(folder, 'link'));
    await writeFile(join(folder, 'empty'), '');
    t.is(`${await read(join(folder, 'link'), 7)}`, 'seven b');
    t.is((await read(join(folder, 'empty'), 0)).length, 0);
    await t.throwsAsync(read(join(folder, 'link'), 6), { code: 'file-too-large' });
    await t.throwsAsync(read(join(folder, 'none'), 7), { code: 'ENOENT' });
  });

  testOnPosix(`what is not a regular file is refused ${name}, without waiting for it`, async t => {
    const folder = await emptyFolder(t);
    const fifo = join(folder, 'fifo');
    t.is(spawnSync('mkfifo', [fifo]).status, 0);
    await symlink(fifo, join(folder, 'link'));
    for (const path of [fifo, join(folder, 'link'), folder, '/dev/zero']) {
      await t.throwsAsync(read(path, 1e9), { code: 'not-a-regular-file' }, path);
    }
  });
}
