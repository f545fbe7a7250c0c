// Lists the pictures of a folder in the order of their names, and counts everything else that is in it.

import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { printable } from '../../untrusted-text.ts';

/** What is not read, summed over all folders. */
export interface Skipped {
  /** files that are no pictures, by their extension in lower case; empty for none */
  readonly files: Map<string, number>;
  /** without --recursive */
  folders: number;
  /** symbolic links to folders and to files that are no pictures; following them could never end */
  links: number;
  /** files and folders whose name begins with a dot */
  hidden: number;
}

export const nothingSkipped = (): Skipped => ({
  files: new Map(),
  folders: 0,
  links: 0,
  hidden: 0,
});

/** The formats that the service reads, by the extensions in use for them. */
const pictureName = /\.(png|jpe?g|jpe|jfif|webp)$/i;

/** A picture, or a folder that cannot be read. */
export interface FoundPicture {
  readonly path: string;
  readonly cause?: unknown;
}

export interface ListOptions {
  /** whether subfolders are read, in their place among the names; links to folders never are */
  readonly isRecursive: boolean;
  /** added to */
  readonly skipped: Skipped;
}

export async function listPictures(
  folder: string,
  { isRecursive, skipped }: ListOptions,
): Promise<FoundPicture[]> {
  const found: FoundPicture[] = [];
  // A stack instead of recursion: a tree may be as deep as a path is long.
  const pending = [{ path: folder, isFolder: true }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { path, isFolder } = next;
    if (!isFolder) {
      found.push({ path });
      continue;
    }
    try {
      const entries = await readdir(path, { withFileTypes: true });
      const isRead = (entry: Dirent) =>
        entry.isDirectory() && !isHidden(entry) ? isRecursive : isPicture(entry);
      for (const entry of entries) if (!isRead(entry)) count(entry, skipped);
      const read = entries.filter(isRead).sort((one, other) => (one.name < other.name ? 1 : -1));
      for (const entry of read) {
        pending.push({ path: join(path, entry.name), isFolder: entry.isDirectory() });
      }
    } catch (cause) {
      found.push({ path, cause });
    }
  }
  return found;
}

function isHidden({ name }: Dirent): boolean {
  return name.startsWith('.');
}

function isPicture(entry: Dirent): boolean {
  return !isHidden(entry) && !entry.isDirectory() && pictureName.test(entry.name);
}

function count(entry: Dirent, skipped: Skipped): void {
  if (isHidden(entry)) skipped.hidden++;
  else if (entry.isDirectory()) skipped.folders++;
  else if (entry.isSymbolicLink()) skipped.links++;
  else {
    const extension = extname(entry.name).toLowerCase();
    skipped.files.set(extension, (skipped.files.get(extension) ?? 0) + 1);
  }
}

/** Maximum number of extensions in the line, and of characters of one. */
const maxListedExtensions = 5;
const maxExtensionCharacters = 20;

/** @returns a sentence; undefined if nothing was skipped */
export function describeSkipped({ files, folders, links, hidden }: Skipped): string | undefined {
  const total = [...files.values()].reduce((sum, one) => sum + one, 0);
  const parts = [
    total > 0 &&
      `${counted(total, 'file')} other than PNG, JPEG or WebP (${listExtensions(files)})`,
    folders > 0 && `${counted(folders, 'subfolder')} (read with --recursive)`,
    links > 0 && counted(links, 'symbolic link'),
    hidden > 0 && counted(hidden, 'hidden entry', 'hidden entries'),
  ].filter(part => part !== false);
  return parts.length === 0 ? undefined : `Skipped: ${parts.join(', ')}.`;
}

function listExtensions(files: Skipped['files']): string {
  const byCount = [...files].sort(
    ([name, times], [otherName, otherTimes]) => otherTimes - times || (name < otherName ? -1 : 1),
  );
  const listed = byCount
    .slice(0, maxListedExtensions)
    .map(
      ([extension, times]) =>
        `${times} ${extension === '' ? 'without extension' : printable(extension, maxExtensionCharacters)}`,
    );
  return [...listed, ...(byCount.length > maxListedExtensions ? ['…'] : [])].join(', ');
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** For --json. */
export function skippedValue({ files, ...others }: Skipped): object {
  return { files: Object.fromEntries(files), ...others };
}
