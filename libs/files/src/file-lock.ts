// A lock between processes that share a folder: a link whose content identifies its holder (lock-link.ts).
// Unlike a file, a link is created together with its content, so the holder is always known.

import { rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { isProcessAlive } from './is-process-alive.ts';
import { type LockLink, lockLinkOf } from './lock-link.ts';
import { renameFile } from './rename-file.ts';
import { removeAbandonedTemporaries, temporaryPath } from './temporary-file.ts';

/** The stable code of a `FileLockError`. */
export type FileLockErrorCode =
  /** Another process still holds the lock after the last attempt. */
  | 'lock-held'
  /** The link cannot be created; `cause` is the system's error. */
  | 'lock-failed';

/** Thrown if a lock cannot be acquired. */
export class FileLockError extends Error {
  override readonly name = 'FileLockError';
  readonly code: FileLockErrorCode;
  /** The process that holds the lock, as `host:pid:id`; 'unknown' if it cannot be read. */
  readonly holder: string;

  constructor(
    code: FileLockErrorCode,
    message: string,
    options?: ErrorOptions & { holder?: string },
  ) {
    super(message, options);
    this.code = code;
    this.holder = options?.holder ?? 'unknown';
  }
}

/** How long to try to acquire a lock. */
export interface FileLockOptions {
  /** Attempts before `lock-held` is thrown; 100 by default. */
  readonly maxAttempts?: number;
  /** Pause between two attempts; 50 ms by default, so that the default timeout is 5 s. */
  readonly pauseMs?: number;
  /** The kind of link; that of the platform by default. */
  readonly link?: LockLink;
}

/** Locks held by this process, to distinguish them from those of an ended process with the same pid. */
const heldLocks = new Set<string>();

/**
 * Runs `work` while holding the lock, so that no two processes run their work at the same time. A lock
 * whose process on this machine has ended is removed.
 *
 * @param lockPath path of the link; its folder must exist
 * @throws FileLockError `lock-held`, `lock-failed`; and what `work` throws
 */
export async function withFileLock<Result>(
  lockPath: string,
  work: () => Promise<Result>,
  options: FileLockOptions = {},
): Promise<Result> {
  const holder = `${hostname()}:${process.pid}:${crypto.randomUUID()}`;
  heldLocks.add(holder);
  try {
    await acquire(lockPath, holder, options);
    try {
      await removeAbandonedTemporaries(lockPath);
      return await work();
    } finally {
      await rm(lockPath, { force: true });
    }
  } finally {
    heldLocks.delete(holder);
  }
}

async function acquire(
  lockPath: string,
  holder: string,
  { maxAttempts = 100, pauseMs = 50, link = lockLinkOf() }: FileLockOptions,
): Promise<void> {
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    if (await create(link, lockPath, holder)) return;
    const other = await readHolder(link, lockPath);
    if (other !== undefined && isAbandoned(other)) await removeAbandoned(link, lockPath, other);
    else await wait(pauseMs);
  }
  const other = (await readHolder(link, lockPath)) ?? 'unknown';
  throw new FileLockError('lock-held', `${lockPath} is held by ${other}`, { holder: other });
}

/** @returns false if the lock exists */
async function create(link: LockLink, lockPath: string, holder: string): Promise<boolean> {
  try {
    await link.create(lockPath, holder);
    return true;
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    throw new FileLockError('lock-failed', `${lockPath} cannot be created: ${message}`, { cause });
  }
}

function readHolder(link: LockLink, lockPath: string): Promise<string | undefined> {
  return link.read(lockPath).catch(() => undefined);
}

/** Whether the holder is known to have ended; false for a process on another machine. */
function isAbandoned(holder: string): boolean {
  const [, host, pid] = /^(.*):(\d+):[^:]*$/.exec(holder) ?? [];
  if (host !== hostname()) return false;
  return Number(pid) === process.pid ? !heldLocks.has(holder) : !isProcessAlive(Number(pid));
}

/** Removes an abandoned lock; if another process replaced it meanwhile, that lock is restored. */
async function removeAbandoned(link: LockLink, lockPath: string, expected: string): Promise<void> {
  const aside = temporaryPath(lockPath, crypto.randomUUID());
  await renameFile(lockPath, aside).catch(() => {}); // Another process may have removed it already.
  const found = await readHolder(link, aside);
  if (found !== undefined && found !== expected) {
    await link.create(lockPath, found).catch(() => {});
  }
  await rm(aside, { force: true });
}
