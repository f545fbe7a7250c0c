// One change of the champion at a time, among all processes that share a models folder. The lock is
// a symbolic link to nowhere whose target names its holder: unlike a file it is made and filled in
// one step, so that nobody is ever seen holding a lock without a name.

import { randomUUID } from 'node:crypto';
import { readlink, rename, rm, symlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { NnError } from '../errors.ts';
import { isRunning } from './processes.ts';

const lockName = '.champion.lock';

/** A change takes milliseconds; whoever waits five seconds waits for something that hangs. */
const pauseMs = 50;
const attempts = 100;

/** Locks of this process, apart from those of an earlier one that had the same number. */
const held = new Set<string>();

/**
 * Runs the work while no other process that asks for the lock does its own. A lock whose holder was
 * killed is taken away.
 *
 * @throws NnError `models-locked` when the holder does not let go, `write-failed` where no lock can
 * be made
 */
export async function withModelsLock<Result>(
  modelsFolder: string,
  work: () => Promise<Result>,
): Promise<Result> {
  const lock = join(modelsFolder, lockName);
  const holder = `${hostname()}:${process.pid}:${randomUUID()}`;
  held.add(holder);
  try {
    await take(lock, holder);
    try {
      return await work();
    } finally {
      await rm(lock, { force: true });
    }
  } finally {
    held.delete(holder);
  }
}

async function take(lock: string, holder: string): Promise<void> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    if (await make(lock, holder)) return;
    const other = await readlink(lock).catch(() => null);
    if (other !== null && isLeftBehind(other)) await takeAway(lock, other);
    else await wait(pauseMs);
  }
  const other = await readlink(lock).catch(() => 'unknown');
  throw new NnError(
    'models-locked',
    `the champion is being changed by another process (${other}): try again, or remove ${lock} if ` +
      'that process is no more',
  );
}

/** @returns false where somebody else's is there */
async function make(lock: string, holder: string): Promise<boolean> {
  try {
    await symlink(holder, lock);
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw new NnError('write-failed', `${lock} cannot be made: ${(cause as Error).message}`, {
      cause,
    });
  }
}

/** Of a process on another machine nothing can be known. */
function isLeftBehind(holder: string): boolean {
  const [, host, pid] = /^(.*):(\d+):[^:]*$/.exec(holder) ?? [];
  if (host !== hostname()) return false;
  return Number(pid) === process.pid ? !held.has(holder) : !isRunning(Number(pid));
}

/** Puts it back where it was changed in between, and is somebody's after all. */
async function takeAway(lock: string, expected: string): Promise<void> {
  const aside = `${lock}.${process.pid}.${randomUUID()}.tmp`;
  await rename(lock, aside).catch(() => {}); // another may have been quicker
  const found = await readlink(aside).catch(() => null);
  if (found !== null && found !== expected) await symlink(found, lock).catch(() => {});
  await rm(aside, { force: true });
}
