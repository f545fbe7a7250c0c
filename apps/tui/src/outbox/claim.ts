// Claims: of several apps with the same outbox, the one that renames an entry sends it. The new name
// has the host and the process, so that an entry whose app was killed can be recovered.

import { rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { isProcessAlive } from '@digits/files';
import { listNames, moveIfPresent } from './folder.ts';

const entryFile = /^\d{13,16}-[\w-]{36}\.json$/;
const claimFile = /^(\d{13,16}-[\w-]{36}\.json)\.([\w.-]+)\.(\d{1,10})\.claimed$/;

/** Sending and writing take seconds; older files are abandoned, even those of another machine. */
const maxClaimAgeMs = 10 * 60_000;

/** @returns the name of an entry's file; names sort by the time of the drawing */
export function entryFileName(drawnAt: number, id: string): string {
  return `${Math.max(0, Math.trunc(drawnAt)).toString().padStart(13, '0')}-${id}.json`;
}

export function isEntryFileName(name: string): boolean {
  return entryFile.test(name);
}

/** @returns the name to which this process renames an entry while it sends it */
export function claimFileName(entryName: string): string {
  return `${entryName}.${thisHost()}.${process.pid}.claimed`;
}

export interface Claim {
  readonly entryName: string;
  /** Whether the process has ended; of one on another machine that is not known. */
  readonly isAbandoned: boolean;
}

/** @returns undefined for a name that is not a claim */
export function parseClaim(name: string): Claim | undefined {
  const [, entryName, host, pid] = claimFile.exec(name) ?? [];
  if (entryName === undefined) return undefined;
  return { entryName, isAbandoned: host === thisHost() && !isProcessAlive(Number(pid)) };
}

/** @returns whether it is an entry, or one that some app is sending */
export function isPending(name: string): boolean {
  return isEntryFileName(name) || claimFile.test(name);
}

/**
 * Recovers what apps that were killed left behind: abandoned claims become entries again, and
 * unfinished files, which were never reported as saved, are removed.
 */
export async function recoverAbandoned(folder: string): Promise<void> {
  for (const name of await listNames(folder)) {
    const path = join(folder, name);
    const claim = parseClaim(name);
    if (claim !== undefined) {
      if (claim.isAbandoned || (await isOld(path)))
        await moveIfPresent(path, join(folder, claim.entryName));
    } else if (name.endsWith('.tmp') && (await isOld(path))) {
      await rm(path, { force: true });
    }
  }
}

/** Renaming sets the change time of a file: the time of the claim. */
async function isOld(path: string): Promise<boolean> {
  const status = await stat(path).catch(() => undefined);
  return status !== undefined && Date.now() - status.ctimeMs > maxClaimAgeMs;
}

function thisHost(): string {
  return hostname().replace(/[^\w-]/g, '-') || 'localhost';
}
