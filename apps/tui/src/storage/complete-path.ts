// Completes a typed path at Tab, as shells do: folders end in a slash, and hidden files are candidates
// only after a dot.

import { opendir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { absolutePath } from './picture-path.ts';

export interface Completion {
  /** The path, extended by what all candidates have in common. */
  readonly text: string;
  /** The first few names that begin with the typed one, sorted. */
  readonly candidates: readonly string[];
}

const maxCandidates = 8;

/** The file system is asked for so many names at a time: a folder may have millions. */
const namesAtATime = 256;

/** @returns the text unchanged and no candidates if no name begins with it */
export async function completePath(typed: string): Promise<Completion> {
  const cut = typed.lastIndexOf('/') + 1;
  const [folder, start] = [typed.slice(0, cut), typed.slice(cut)];
  let common: string | undefined;
  let candidates: string[] = [];
  for await (const name of namesIn(folder)) {
    if (!name.startsWith(start) || (name.startsWith('.') && !start.startsWith('.'))) continue;
    common = common === undefined ? name : commonPrefix(common, name);
    candidates = [...candidates, name].sort().slice(0, maxCandidates);
  }
  return { text: common === undefined ? typed : folder + common, candidates };
}

/** A folder that cannot be read has no names. */
async function* namesIn(folder: string): AsyncGenerator<string> {
  const path = folder === '' ? absolutePath('.') : absolutePath(folder);
  try {
    const entries = await opendir(path === dirname(path) ? path : `${path}/`, {
      bufferSize: namesAtATime,
    });
    for await (const entry of entries) yield entry.isDirectory() ? `${entry.name}/` : entry.name;
  } catch {
    // What was read until then is complete enough.
  }
}

function commonPrefix(one: string, other: string): string {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length++;
  return one.slice(0, length);
}
