// Replaces the champion crash-safely: the change is first recorded in the history and takes effect when
// champion.json is replaced. After a crash at any time, the champion is the old or the new one, and the
// history is consistent with it.

import { join } from 'node:path';
import { NnError } from '../errors.ts';
import { type ChampionFile, loadVersion, writeChampionFile } from './champion.ts';
import {
  earlierChampions,
  findChampionFile,
  type HistoryEntry,
  isSameVersion,
  readHistory,
  writeHistory,
} from './history.ts';
import { withModelsLock } from './locked-files.ts';
import { describeVersions } from './versions.ts';

/**
 * Makes `change.to` the champion and records the change.
 *
 * @param change `from` is the champion that the decision was based on, null for none
 * @throws NnError `champion-changed` if the champion is no longer `from`; `model-missing`,
 * `champion-digest-mismatch` and what `decodeModel` throws for a version that cannot be used;
 * `history-corrupt`, `models-locked`, `write-failed`; the champion is then unchanged
 */
export async function changeChampion(modelsFolder: string, change: HistoryEntry): Promise<void> {
  await withModelsLock(modelsFolder, async () => {
    const current = await findChampionFile(modelsFolder);
    if (!isSameVersion(current, change.from)) {
      throw new NnError(
        'champion-changed',
        `the champion is now ${current?.version ?? 'none'}, not ` +
          `${change.from?.version ?? 'none'}: compare with the current one first`,
      );
    }
    await makeChange(modelsFolder, await readHistory(modelsFolder), change);
  });
}

/**
 * Restores the previous champion; a repeated call restores the one before that.
 *
 * @returns the change that was made
 * @throws NnError `history-empty` if no previous champion is known, and as `changeChampion`
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
        `${join(modelsFolder, 'history.jsonl')} has no champion before ` +
          `${from?.version ?? 'the current one'}: there is nothing to roll back to`,
      );
    }
    const change = { at, action: 'rollback', from, to, forced: false, why, figures: {} } as const;
    await makeChange(modelsFolder, entries, change).catch(async cause => {
      throw cause.code === 'model-missing' ? await goneVersion(modelsFolder, to, cause) : cause;
    });
    return change;
  });
}

async function goneVersion(
  modelsFolder: string,
  { version }: ChampionFile,
  cause: NnError,
): Promise<NnError> {
  return new NnError(
    'model-missing',
    `${modelsFolder} no longer has the previous champion ${version}: it has ` +
      `${await describeVersions(modelsFolder)}; promote one of them with nx run nn:promote`,
    { cause },
  );
}

/** Loads the version first, so that nothing is written if it cannot be used. */
async function makeChange(
  modelsFolder: string,
  entries: readonly HistoryEntry[],
  change: HistoryEntry,
): Promise<void> {
  await loadVersion(modelsFolder, change.to);
  await writeHistory(modelsFolder, [...entries, change]);
  await writeChampionFile(modelsFolder, change.to);
}
