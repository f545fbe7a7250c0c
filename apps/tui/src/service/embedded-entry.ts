// The main module of the embedded service: the bundle of apps/api, which starts in a fraction of the
// time, if it was built from the current source; otherwise the source.

import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What the bundle is built from, relative to the root of the workspace. */
const sources = [
  'apps/api/src',
  'libs/files/src',
  'libs/nn/src',
  'libs/nn/dist',
  'libs/protocol/src',
  'package-lock.json',
];

/** @param root the workspace, which has apps/ and libs/ */
export function embeddedEntry(root: string): string {
  const bundle = join(root, 'apps/api/dist/main.js');
  const isCurrent = sources.every(source => isOlder(join(root, source), modifiedAt(bundle)));
  return isCurrent ? bundle : join(root, 'apps/api/src/main.ts');
}

/** @returns whether nothing in a file or folder was modified after that time; a missing one was not */
function isOlder(path: string, timeMs: number): boolean {
  if (modifiedAt(path) > timeMs) return false;
  return foldersAndFilesIn(path).every(inside => modifiedAt(inside) <= timeMs);
}

/** A removed or renamed file changes its folder. */
function foldersAndFilesIn(path: string): string[] {
  try {
    return readdirSync(path, { recursive: true, encoding: 'utf8' }).map(name => join(path, name));
  } catch {
    return [];
  }
}

/** 0 if it does not exist. */
function modifiedAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
