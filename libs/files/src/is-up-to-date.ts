// Whether a built file is newer than everything that it was built from, as make decides it.

import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @param sources files, and folders with all that is in them; one that is missing is not newer
 * @returns false, too, if the output does not exist
 */
export function isUpToDate(output: string, sources: readonly string[]): boolean {
  const builtMs = modifiedAtMs(output);
  return sources.every(source => [source, ...contentsOf(source)].every(isOlder));

  function isOlder(path: string): boolean {
    return modifiedAtMs(path) <= builtMs;
  }
}

/** A removed or renamed file changes its folder. */
function contentsOf(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(name =>
      join(folder, name),
    );
  } catch {
    return [];
  }
}

/** 0 if it does not exist. */
function modifiedAtMs(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
