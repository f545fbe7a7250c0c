// Putting one champion in another's place so that being killed at any moment leaves the old one or
// the new one, whole, and a history that is true: what is to be done is written down first, and
// counts only once champion.json says that it was done.

import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isProcessAlive } from '@digits/files';
import { NnError } from '../errors.ts';
import { loadVersion, writeChampionFile } from './champion.ts';
import {
  earlierChampions,
  findChampionFile,
  type HistoryEntry,
  isSameVersion,
  readHistory,
  writeHistory,
} from './history.ts';
import { withModelsLock } from './write-atomically.ts';

/**
 * @param change `from` is the champion that the decision was made against, null for none
 * @throws NnError `champion-changed` where another stands by now; `model-missing`,
 * `champion-digest-mismatch` and what `decodeModel` throws for a version that cannot be used;
 * `history-corrupt`, `models-locked`, `write-failed`; the old champion then still stands
 */
export async function changeChampion(modelsFolder: string, change: HistoryEntry): Promise<void> {
  await withModelsLock(modelsFolder, async () => {
    const standing = await findChampionFile(modelsFolder);
    if (!isSameVersion(standing, change.from)) {
      throw new NnError(
        'champion-changed',
        `the champion is ${standing?.version ?? 'none'} by now, not ` +
          `${change.from?.version ?? 'none'}: compare with it first`,
      );
    }
    await carryOut(modelsFolder, await readHistory(modelsFolder), change);
  });
}

/**
 * Goes back to the champion before; called again, to the one before that.
 *
 * @returns what was done
 * @throws NnError `history-empty` where no other is known, and as `changeChampion`
 */
export async function rollBack(
  modelsFolder: string,
  { at, why }: Pick<HistoryEntry, 'at' | 'why'>,
): Promise<HistoryEntry> {
  return withModelsLock(modelsFolder, async () => {
    const from = await findChampionFile(modelsFolder);
    const entries = await readHistory(modelsFolder);
    const [to] = earlierChampions(entries, from);
    if (!to) {
      throw new NnError(
        'history-empty',
        `${join(modelsFolder, 'history.jsonl')} knows no champion before ` +
          `${from?.version ?? 'this'}: there is nothing to go back to`,
      );
    }
    const change = { at, action: 'rollback', from, to, forced: false, why, figures: {} } as const;
    await carryOut(modelsFolder, entries, change);
    return change;
  });
}

/** In this order: nothing is written for a version that cannot be used. */
async function carryOut(
  modelsFolder: string,
  entries: readonly HistoryEntry[],
  change: HistoryEntry,
): Promise<void> {
  await loadVersion(modelsFolder, change.to);
  await sweep(modelsFolder);
  await writeHistory(modelsFolder, [...entries, change]);
  await writeChampionFile(modelsFolder, change.to);
}

/** What is written beside a file and then renamed has the number of its process in its name. */
const leftover = /^(?:champion\.json|history\.jsonl|\.champion\.lock)\.(\d+)\.(?:[\w-]+\.)?tmp$/;

/** Removes what those left who were killed in the midst of it. */
async function sweep(modelsFolder: string): Promise<void> {
  for (const name of await readdir(modelsFolder)) {
    const [, pid] = leftover.exec(name) ?? [];
    if (pid === undefined || isProcessAlive(Number(pid))) continue;
    await rm(join(modelsFolder, name), { force: true });
  }
}
