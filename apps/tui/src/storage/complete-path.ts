// Completes a typed path at Tab, as shells do: folders end in a slash, and hidden files are candidates
// only after a dot.

import type { Dirent } from 'node:fs';
import { opendir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { absolutePath } from './picture-path.ts';

export interface Completion {
  /** The path, extended by what all candidates have in common. */
  readonly path: string;
  /** The first few names that begin with the typed one, sorted; at the end how many more there are. */
  readonly candidates: readonly string[];
}

const maxCandidates = 8;

/** The file system is asked for so many names at a time: a folder may have millions. */
const namesAtATime = 256;

/**
 * @param isOffered whether a file is a candidate; folders always are
 * @returns the path unchanged and no candidates if no name begins with it
 */
export async function completePath(
  typed: string,
  isOffered: (name: string) => boolean,
): Promise<Completion> {
  if (typed === '~') return { path: '~/', candidates: ['~/'] };
  const cut = Math.max(typed.lastIndexOf('/'), onWindows ? typed.lastIndexOf('\\') : -1) + 1;
  const [folder, start] = [typed.slice(0, cut), typed.slice(cut)];
  let common: string | undefined;
  let candidates: string[] = [];
  let count = 0;
  for await (const name of namesIn(folder, start)) {
    if (!name.endsWith('/') && !isOffered(name)) continue;
    common = common === undefined ? name : commonPrefix(common, name);
    candidates = [...candidates, name].sort().slice(0, maxCandidates);
    count++;
  }
  if (count > maxCandidates) candidates.push(`and ${count - maxCandidates} more`);
  return { path: common === undefined ? typed : folder + common, candidates };
}

const onWindows = process.platform === 'win32';

/** A folder that cannot be read has no names. */
async function* namesIn(typedFolder: string, start: string): AsyncGenerator<string> {
  const folder = absolutePath(typedFolder === '' ? '.' : typedFolder);
  try {
    const entries = await opendir(folder === dirname(folder) ? folder : `${folder}/`, {
      bufferSize: namesAtATime,
    });
    for await (const entry of entries) {
      if (!entry.name.startsWith(start)) continue;
      if (entry.name.startsWith('.') && !start.startsWith('.')) continue;
      yield (await isFolder(folder, entry)) ? `${entry.name}/` : entry.name;
    }
  } catch {
    // What was read until then is complete enough.
  }
}

async function isFolder(folder: string, entry: Dirent): Promise<boolean> {
  if (!entry.isSymbolicLink()) return entry.isDirectory();
  const target = await stat(join(folder, entry.name)).catch(() => undefined);
  return target?.isDirectory() ?? false;
}

function commonPrefix(one: string, other: string): string {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length++;
  return one.slice(0, length);
}
