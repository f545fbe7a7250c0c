// Writing a file so that whoever looks sees the old one or the new one, whole.

import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { NnError } from '../errors.ts';

/**
 * Writes beside, flushes to disk, renames over. Not `write-file-atomic`, which takes a short write
 * on a full disk for a whole one.
 *
 * @throws NnError `write-failed`; the old file is then untouched and nothing is left beside it
 */
export async function writeAtomically(path: string, content: Uint8Array | string): Promise<void> {
  const beside = `${path}.${process.pid}.tmp`;
  try {
    const file = await open(beside, 'w');
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, path);
    await syncFolder(dirname(path));
  } catch (cause) {
    await rm(beside, { force: true }).catch(() => {});
    throw new NnError('write-failed', `${path} cannot be written: ${(cause as Error).message}`, {
      cause,
    });
  }
}

/** Makes the rename itself outlive a power cut, on systems that can open a folder. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch(() => null);
  if (!folder) return;
  try {
    await folder.sync().catch(() => {});
  } finally {
    await folder.close();
  }
}
