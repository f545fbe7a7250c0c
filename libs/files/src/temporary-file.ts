// Names of temporary files beside the file that they will become, and the removal of those that a killed
// process left behind.

import { readdir, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { isProcessAlive } from './is-process-alive.ts';

/** The end of this machine's name, where the names of containers differ. */
const host = hostname()
  .replace(/[^\w-]/g, '-')
  .slice(-16);

/**
 * The path of a temporary file of this process.
 *
 * @param id distinguishes several for the same path
 */
export function temporaryPath(path: string, id?: string): string {
  return `${path}.${host}.${process.pid}${id === undefined ? '' : `.${id}`}.tmp`;
}

/**
 * Removes the temporary files for this path of processes that have ended. Those of another machine that
 * shares the folder stay: whether its processes have ended is not known here.
 */
export async function removeAbandonedTemporaries(path: string): Promise<void> {
  const folder = dirname(path);
  const start = `${basename(path)}.${host}.`;
  for (const name of await readdir(folder).catch((): string[] => [])) {
    if (!name.startsWith(start)) continue;
    const [, pid] = /^(\d+)(?:\.[\w-]+)?\.tmp$/.exec(name.slice(start.length)) ?? [];
    if (pid === undefined || isProcessAlive(Number(pid))) continue;
    await rm(join(folder, name), { force: true }).catch(() => {});
  }
}
