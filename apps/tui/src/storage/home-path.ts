// Paths as people type them in a shell.

import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** @returns an absolute path; `~` at the front is the person's own folder. */
export function absolutePath(typed: string): string {
  if (typed === '~' || typed.startsWith('~/')) return join(homedir(), typed.slice(1));
  return resolve(typed);
}
