// Files that are whole or not there, whatever ends this process or the machine.

import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Written beside, flushed, renamed, and the name flushed too: settled means safe. */
export async function writeDurably(path: string, content: string): Promise<void> {
  const beside = `${path}.${process.pid}.tmp`;
  try {
    const file = await open(beside, 'wx', 0o600);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true }).catch(() => {});
    throw error;
  }
  await flushFolder(dirname(path));
}

/** Some file systems cannot flush a folder; the rename is atomic on them all the same. */
async function flushFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch(() => undefined);
  try {
    await folder?.sync();
  } catch {
    // See above.
  } finally {
    await folder?.close();
  }
}
