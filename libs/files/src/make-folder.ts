// Creates folders with all that lie above them. Node's own `recursive` option never ends where a file system
// answers ENOENT though the folder above exists, as /proc does.

import { mkdirSync, statSync } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

interface FolderOptions {
  /** Permissions of the folders that are created. */
  readonly mode?: number;
}

/** A folder that exists is left as it is. @throws the error of the file system */
export async function makeFolder(path: string, options: FolderOptions = {}): Promise<void> {
  try {
    await mkdir(path, options);
  } catch (error) {
    if (isMissing(error) && !isRoot(path)) {
      await makeFolder(dirname(resolve(path)), options);
      await mkdir(path, options).catch(ignoreExisting);
    } else if (!(await stat(path).catch(() => undefined))?.isDirectory()) throw error;
  }
}

/** The same without a promise. */
export function makeFolderSync(path: string, options: FolderOptions = {}): void {
  try {
    mkdirSync(path, options);
  } catch (error) {
    if (isMissing(error) && !isRoot(path)) {
      makeFolderSync(dirname(resolve(path)), options);
      try {
        mkdirSync(path, options);
      } catch (again) {
        ignoreExisting(again);
      }
    } else if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw error;
  }
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}

function isRoot(path: string): boolean {
  return dirname(resolve(path)) === resolve(path);
}

/** Another process may have created the folder in the meantime. */
function ignoreExisting(error: unknown): void {
  if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
}
