// What apps that were killed have left in the outbox: letters that they were sending are everybody's
// again, and files that they had not finished, which nobody called saved, go.

import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseClaim } from './claim.ts';
import { listNames, moveIfPresent } from './folder.ts';

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
