// Operations on the folder of the outbox that allow for other apps which use it at the same
// time: a file that was there a moment ago may be gone.

import { readdir } from 'node:fs/promises';
import { FileReadError, makeFolder, readRegularFile, renameFile } from '@digits/files';
import { AppError, systemErrorText } from '../app-error.ts';

/** Readable by the person alone. */
export async function makePrivateFolder(path: string): Promise<void> {
  await makeFolder(path, { mode: 0o700 });
}

/** A missing folder is empty. @throws AppError `outbox-not-readable` */
export async function listNames(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (cause) {
    if (isMissing(cause)) return [];
    const message = `The outbox ${folder} cannot be read: ${systemErrorText(cause)}.`;
    throw new AppError('outbox-not-readable', message, { cause });
  }
}

/** @returns false if the file is no longer there */
export async function moveIfPresent(from: string, to: string): Promise<boolean> {
  try {
    await renameFile(from, to);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

/** @returns the text of a file. @throws AppError `outbox-entry-invalid` for what cannot be an entry */
export async function readBounded(path: string, maxBytes: number): Promise<string> {
  try {
    return `${await readRegularFile(path, maxBytes)}`;
  } catch (cause) {
    if (!(cause instanceof FileReadError)) throw cause;
    const message = `${path} is not a correction: ${cause.message}.`;
    throw new AppError('outbox-entry-invalid', message, { cause });
  }
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}
