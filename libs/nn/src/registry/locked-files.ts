// Atomic writes and the lock of a models folder, with errors as NnError.

import { join } from 'node:path';
import {
  FileLockError,
  type FileLockOptions,
  makeFolder as makeFolders,
  withFileLock,
  writeAtomically as writeFileAtomically,
} from '@digits/files';
import { NnError } from '../errors.ts';
import { type ModelsFolder, ownFolder } from './models-folder.ts';

const lockName = '.champion.lock';

/**
 * Writes a file atomically: readers see either the old or the new content.
 *
 * @throws NnError `write-failed`; the old file is then unchanged and no temporary file remains
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

/** Creates a folder and those above it. @throws NnError `write-failed` */
export async function makeFolder(folder: string): Promise<void> {
  await makeFolders(folder).catch(cause => {
    throw new NnError('write-failed', `${folder} cannot be created: ${cause.message}`, { cause });
  });
}

/**
 * Runs the work while holding the lock of a models folder, so that no other process changes its champion.
 * A change takes milliseconds; the default timeout of five seconds is reached only if a process hangs.
 *
 * @throws NnError `models-locked` after the timeout, `write-failed` if the lock cannot be created; and
 * what `work` throws
 */
export async function withModelsLock<Result>(
  modelsFolder: ModelsFolder,
  work: () => Promise<Result>,
  options?: FileLockOptions,
): Promise<Result> {
  const lock = join(ownFolder(modelsFolder), lockName);
  try {
    if (typeof modelsFolder !== 'string') await makeFolder(modelsFolder.own);
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
