// Which app sends a letter, when several share an outbox: the one that could rename it. The new name
// tells whose it is, so that a letter whose app was killed is free again.

import { rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { listNames, moveIfPresent } from './folder.ts';

const entryName = /^\d{13,16}-[\w-]{36}\.json$/;
const claim = /^(\d{13,16}-[\w-]{36}\.json)\.([\w.-]+)\.(\d{1,10})\.claimed$/;

/** Names sort by when the drawing was made. */
export function entryFileName(drawnAt: number, id: string): string {
  return `${Math.max(0, Math.trunc(drawnAt)).toString().padStart(13, '0')}-${id}.json`;
}

export function isEntryFileName(name: string): boolean {
  return entryName.test(name);
}

/** @returns what this process renames a letter to while it sends it */
export function claimFileName(letter: string): string {
  return `${letter}.${thisHost()}.${process.pid}.claimed`;
}

export interface Claim {
  readonly entryName: string;
  /** Whether the process is known to be gone; of another machine nothing is known. */
  readonly isAbandoned: boolean;
}

/** @returns undefined for a name that is no claim */
export function parseClaim(name: string): Claim | undefined {
  const [, letter, host, pid] = claim.exec(name) ?? [];
  if (letter === undefined) return undefined;
  return { entryName: letter, isAbandoned: host === thisHost() && !isAlive(Number(pid)) };
}

/** @returns whether it is a letter, or one that some app is sending */
export function isPending(name: string): boolean {
  return isEntryFileName(name) || claim.test(name);
}

function thisHost(): string {
  return hostname().replace(/[^\w-]/g, '-') || 'localhost';
}

/** A process of another user may not be signalled, but is there. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Sending and writing take seconds; what is older was left behind, even on another machine. */
const maxClaimAgeMs = 10 * 60_000;

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

/** Renaming sets the change time of a file: it is when the letter was claimed. */
async function isOld(path: string): Promise<boolean> {
  const status = await stat(path).catch(() => undefined);
  return status !== undefined && Date.now() - status.ctimeMs > maxClaimAgeMs;
}
