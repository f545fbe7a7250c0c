// Atomic file writes: a reader sees either the old or the new content, never a part of one.

import { link, open, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { kindOf } from './read-regular-file.ts';
import { renameFile } from './rename-file.ts';
import { removeAbandonedTemporaries, temporaryPath } from './temporary-file.ts';

/** Options of `writeAtomically`. */
export interface AtomicWriteOptions {
  /** File mode; 0o666 minus the umask by default. */
  readonly mode?: number;
  /** Whether an existing file is replaced; true by default. If false, the write fails with EEXIST. */
  readonly replace?: boolean;
}

/** Thrown before anything is written. The message does not contain the path. */
class FileWriteError extends Error {
  override readonly name = 'FileWriteError';
  readonly code = 'not-a-regular-file';
}

/**
 * Writes to a temporary file `<path>.<host>.<pid>.tmp`, flushes it, renames it to `path` and flushes the
 * folder: once the promise is fulfilled, the content survives a power failure. Temporary files of killed
 * processes for the same path are removed. The package `write-file-atomic` is not used because it treats
 * a short write on a full disk as complete.
 *
 * @throws the system's error, for example ENOSPC or ENOENT, after removing the temporary file; an
 * existing file is unchanged; FileWriteError for a path that is not one of a file
 */
export async function writeAtomically(
  path: string,
  content: Uint8Array | string,
  { mode = 0o666, replace = true }: AtomicWriteOptions = {},
): Promise<void> {
  await requireFileOrNothing(path);
  await removeAbandonedTemporaries(path);
  const temporary = temporaryPath(path);
  try {
    await writeFlushed(temporary, content, mode);
    await (replace ? renameFile(temporary, path) : renameToNew(temporary, path));
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    throw error;
  }
  await flushFolder(dirname(path));
}

/** Renaming would replace /dev/null or a FIFO for every program. A folder is refused by the system. */
async function requireFileOrNothing(path: string): Promise<void> {
  const stats = await stat(path).catch(() => undefined);
  if (stats === undefined || stats.isFile() || stats.isDirectory()) return;
  throw new FileWriteError(`it is ${kindOf(stats)}, expected a regular file`);
}

async function writeFlushed(
  path: string,
  content: Uint8Array | string,
  mode: number,
): Promise<void> {
  const file = await open(path, 'w', mode);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Renames a file unless the new name exists: creating a hard link is atomic and never replaces a file. */
async function renameToNew(temporary: string, path: string): Promise<void> {
  try {
    await link(temporary, path);
  } catch (error) {
    if (!isWithoutLinks(error)) throw error;
    // Not atomic: a file system without hard links needs a check before the rename.
    await (await open(path, 'wx')).close();
    await renameFile(temporary, path);
    return;
  }
  await rm(temporary, { force: true }).catch(() => {});
}

function isWithoutLinks(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'EPERM' || code === 'ENOTSUP' || code === 'ENOSYS';
}

/** Makes the rename survive a power failure, on systems that can open and flush a folder. */
async function flushFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch(() => undefined);
  try {
    await folder?.sync().catch(() => {});
  } finally {
    await folder?.close();
  }
}
