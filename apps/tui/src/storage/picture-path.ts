// Paths of picture files as people type them in a shell, and what the file system says of them in
// plain words.

import { access } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { AppError, systemErrorText } from '../app-error.ts';

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

/** @returns an AppError `picture-file` that describes an error of the file system */
export function fileError(path: string, error: unknown): AppError {
  return new AppError('picture-file', `${shownPath(path)}: ${systemErrorText(error)}.`, {
    cause: error,
  });
}
