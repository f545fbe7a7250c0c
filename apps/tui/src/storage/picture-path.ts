// Paths of picture files as people type them in a shell, and what the file system says of them in
// plain words.

import { access } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { AppError } from '../app-error.ts';

/** @returns the suggested file name, for example `digit-2026-11-24-074502.png`, by the local clock */
export function defaultPictureName(at: Date): string {
  const two = (value: number) => `${value}`.padStart(2, '0');
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-');
  return `digit-${day}-${two(at.getHours())}${two(at.getMinutes())}${two(at.getSeconds())}.png`;
}

/** @returns an absolute path; `~` at the front is the home folder */
export function absolutePath(typed: string): string {
  if (typed === '~' || typed.startsWith('~/')) return join(homedir(), typed.slice(1));
  return resolve(typed);
}

export function pathExists(typed: string): Promise<boolean> {
  return access(absolutePath(typed)).then(
    () => true,
    () => false,
  );
}

/** With the longest reason it fits into a line of the smallest window. */
const maxShownCharacters = 40;

/** @returns a path for a message, of a long one its end */
export function shownPath(path: string): string {
  return path.length <= maxShownCharacters ? path : `…${path.slice(1 - maxShownCharacters)}`;
}

const systemErrorTexts: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder.',
  EACCES: 'permission denied.',
  EPERM: 'permission denied.',
  EISDIR: 'it is a folder.',
  'not-a-regular-file': 'it is not a regular file.',
  ENOTDIR: 'one of its folders is a file.',
  ENOSPC: 'the disk is full.',
  EROFS: 'the disk is read-only.',
  ENAMETOOLONG: 'the name is too long.',
};

/** @returns an AppError `picture-file` that describes an error of the file system */
export function fileError(path: string, error: unknown): AppError {
  const code = error instanceof Error && 'code' in error ? `${error.code}` : '';
  const text = systemErrorTexts[code] ?? (error instanceof Error ? error.message : `${error}`);
  return new AppError('picture-file', `${shownPath(path)}: ${text}`, { cause: error });
}
