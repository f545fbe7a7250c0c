// Atomic writes and the lock of a models folder, with the error codes of this package.

import { join } from 'node:path';
import {
  FileLockError,
  type FileLockOptions,
  withFileLock,
  writeAtomically as writeFileAtomically,
} from '@digits/files';
import { NnError } from '../errors.ts';

const lockName = '.champion.lock';

/**
 * Writes a file so that a reader sees either the old or the new content.
 *
 * @throws NnError `write-failed`; the old file is then unchanged, and no other file remains
 */
export async function writeAtomically(path: string, content: Uint8Array | string): Promise<void> {
  try {
    await writeFileAtomically(path, content);
  } catch (cause) {
    throw new NnError('write-failed', `${path} cannot be written: ${(cause as Error).message}`, {
      cause,
    });
  }
}

/**
 * Runs the work while no other process changes the champion of this models folder. A change takes
 * milliseconds: a lock that is held for five seconds, the default, belongs to a process that hangs.
 *
 * @throws NnError `models-locked` when the holder does not release the lock, `write-failed` where no
 * lock can be created; and what `work` throws
 */
export async function withModelsLock<Result>(
  modelsFolder: string,
  work: () => Promise<Result>,
  options?: FileLockOptions,
): Promise<Result> {
  const lock = join(modelsFolder, lockName);
  try {
    return await withFileLock(lock, work, options);
  } catch (cause) {
    throw cause instanceof FileLockError ? lockError(lock, cause) : cause;
  }
}

function lockError(lock: string, cause: FileLockError): NnError {
  if (cause.code === 'lock-failed') return new NnError('write-failed', cause.message, { cause });
  return new NnError(
    'models-locked',
    `another process is changing the champion (${cause.holder}): try again, or remove ${lock} if ` +
      'that process has ended',
    { cause },
  );
}
