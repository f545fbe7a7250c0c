// Completes a typed path at Tab, as shells do: folders end in a slash, and hidden files are candidates
// only after a dot.

import { readdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { absolutePath } from './picture-path.ts';

export interface Completion {
  /** The path, extended by what all candidates have in common. */
  readonly text: string;
  /** The first few names that begin with the typed one, sorted. */
  readonly candidates: readonly string[];
}

const maxCandidates = 8;

/** @returns the text unchanged and no candidates if no name begins with it */
export async function completePath(typed: string): Promise<Completion> {
  const cut = typed.lastIndexOf('/') + 1;
  const [folder, start] = [typed.slice(0, cut), typed.slice(cut)];
  const names = (await namesIn(folder)).filter(
    name => name.startsWith(start) && (start.startsWith('.') || !name.startsWith('.')),
  );
  if (names.length === 0) return { text: typed, candidates: [] };
  return { text: folder + commonPrefix(names), candidates: names.slice(0, maxCandidates) };
}

/** A folder that cannot be read has no names. */
async function namesIn(folder: string): Promise<string[]> {
  const path = folder === '' ? absolutePath('.') : absolutePath(folder);
  const entries = await readdir(path === dirname(path) ? path : `${path}/`, {
    withFileTypes: true,
  }).catch(() => []);
  return entries.map(entry => (entry.isDirectory() ? `${entry.name}/` : entry.name)).sort();
}

function commonPrefix(names: readonly string[]): string {
  return names.reduce((common, name) => {
    let length = 0;
    while (length < common.length && common[length] === name[length]) length++;
    return common.slice(0, length);
  });
}
