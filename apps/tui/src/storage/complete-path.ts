// Completion of a typed path by Tab, as shells do it: folders end in a slash, hidden files come only
// when they are asked for.

import { readdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { absolutePath } from './picture-path.ts';

export interface Completion {
  /** The path as far as all that begin like it agree. */
  readonly text: string;
  /** The last parts of those, the first few by name. */
  readonly candidates: readonly string[];
}

const maxCandidates = 8;

/** @returns the text as it came, without candidates, where nothing begins like it. */
export async function completePath(typed: string): Promise<Completion> {
  const cut = typed.lastIndexOf('/') + 1;
  const [folder, start] = [typed.slice(0, cut), typed.slice(cut)];
  const names = (await namesIn(folder)).filter(
    name => name.startsWith(start) && (start.startsWith('.') || !name.startsWith('.')),
  );
  if (names.length === 0) return { text: typed, candidates: [] };
  return { text: folder + commonStart(names), candidates: names.slice(0, maxCandidates) };
}

/** What cannot be read has nothing to offer. */
async function namesIn(folder: string): Promise<string[]> {
  const path = folder === '' ? absolutePath('.') : absolutePath(folder);
  const entries = await readdir(path === dirname(path) ? path : `${path}/`, {
    withFileTypes: true,
  }).catch(() => []);
  return entries.map(entry => (entry.isDirectory() ? `${entry.name}/` : entry.name)).sort();
}

function commonStart(names: readonly string[]): string {
  return names.reduce((common, name) => {
    let length = 0;
    while (length < common.length && common[length] === name[length]) length++;
    return common.slice(0, length);
  });
}
