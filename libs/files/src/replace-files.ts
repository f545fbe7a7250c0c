// The files of a build: a reader finds either the former build or the new one, as the entry comes last.

import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from './make-folder.ts';
import { writeAtomically } from './write-atomically.ts';

/** A file of a build, such as a bundler's output. */
export interface BuiltFile {
  readonly path: string;
  readonly contents: Uint8Array | string;
}

/** Options of `replaceFiles`. */
export interface ReplaceFilesOptions {
  /** The file that refers to the others; it is written last. */
  readonly entry: string;
  /** How long files of former builds are kept for programs that still load them; not at all by default. */
  readonly keptMs?: number;
}

/**
 * Writes each file atomically, and then removes what else is in the folder.
 *
 * @param folder created if it is missing
 * @throws the system's error, before anything is removed
 */
export async function replaceFiles(
  folder: string,
  files: readonly BuiltFile[],
  { entry, keptMs }: ReplaceFilesOptions,
): Promise<void> {
  const isEntry = ({ path }: BuiltFile) => path === entry;
  const entryLast = files.toSorted((a, b) => Number(isEntry(a)) - Number(isEntry(b)));
  await makeFolder(folder);
  for (const { path, contents } of entryLast) await writeAtomically(path, contents);
  const current = new Set(files.map(({ path }) => path));
  for (const path of readdirSync(folder).map(name => join(folder, name))) {
    if (current.has(path) || (keptMs !== undefined && isRecent(path, keptMs))) continue;
    rmSync(path, { recursive: true, force: true });
  }
}

function isRecent(path: string, keptMs: number): boolean {
  const status = statSync(path, { throwIfNoEntry: false });
  return status !== undefined && Date.now() - status.mtimeMs <= keptMs;
}

/**
 * @returns in a sentence why files cannot be written into the folder
 * @throws the error itself where it is not the system's
 */
export function whyNotWritten(folder: string, error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) throw error;
  return `${folder} cannot be written (${code}).`;
}
