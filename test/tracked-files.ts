// The files of the repository, as git knows them.

import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));

/** Paths from the root, of files that match any of git's patterns, ignored files left out. */
export function trackedFiles(...patterns: readonly string[]): string[] {
  const command = ['ls-files', '--cached', '--others', '--exclude-standard', '--', ...patterns];
  return execFileSync('git', command, { cwd: root, encoding: 'utf8' })
    .split('\n')
    .filter(path => path !== '' && existsSync(join(root, path)));
}
