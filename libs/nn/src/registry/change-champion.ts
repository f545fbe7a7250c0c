// Replaces the champion crash-safely: the change is first recorded in the history and takes effect when
// champion.json is replaced. After a crash at any time, the champion is the old or the new one, and the
// history is consistent with it.

import { NnError } from '../errors.ts';
import {
  type ChampionFile,
  loadVersion,
  removeOwnChampionFile,
  writeChampionFile,
} from './champion.ts';
import {
  earlierChampions,
  findChampionFile,
  type HistoryEntry,
  historyFileIn,
  isSameVersion,
  readHistory,
  writeHistory,
} from './history.ts';
import { withModelsLock } from './locked-files.ts';
import { describeFolder, type ModelsFolder, shippedFolder } from './models-folder.ts';
import { describeVersions } from './versions.ts';

/**
 * Makes `change.to` the champion and records the change.
 *
 * @param change `from` is the champion that the decision was based on, null for none
 * @throws NnError `champion-changed` if the champion is no longer `from`; `model-missing`,
 * `champion-digest-mismatch` and what `decodeModel` throws for a version that cannot be used;
 * `history-corrupt`, `models-locked`, `write-failed`; the champion is then unchanged
 */
export async function changeChampion(
  modelsFolder: ModelsFolder,
  change: HistoryEntry,
): Promise<void> {
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
 * Restores the previous champion; a repeated call restores the one before that. Before the first of one's
 * own is the shipped champion, also if it is another one now than at the time of that promotion.
 *
 * @returns the change that was made
 * @throws NnError `history-empty` if no previous champion is known, and as `changeChampion`
 */
export async function rollBack(
  modelsFolder: ModelsFolder,
  { at, why }: Pick<HistoryEntry, 'at' | 'why'>,
): Promise<HistoryEntry> {
  return withModelsLock(modelsFolder, async () => {
    const from = await findChampionFile(modelsFolder);
    const entries = await readHistory(modelsFolder);
    const to = await previousChampion(modelsFolder, entries, from);
    if (!to) {
      throw new NnError(
        'history-empty',
        `${historyFileIn(modelsFolder)} has no champion before ` +
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

/** @returns undefined if there is none */
async function previousChampion(
  modelsFolder: ModelsFolder,
  entries: readonly HistoryEntry[],
  current: ChampionFile | null,
): Promise<ChampionFile | undefined> {
  const [previous] = earlierChampions(entries, current);
  const shipped = await findShippedChampion(modelsFolder);
  const wasPromoted = entries.some(
    ({ action, to }) => action !== 'rollback' && isSameVersion(to, previous ?? null),
  );
  if (!shipped || wasPromoted) return previous;
  return isSameVersion(shipped, current) ? undefined : shipped;
}

/** The champion of the lower layer; null if there is no such layer, or no champion in it. */
async function findShippedChampion(modelsFolder: ModelsFolder): Promise<ChampionFile | null> {
  const shipped = shippedFolder(modelsFolder);
  return shipped === undefined ? null : findChampionFile(shipped);
}

async function goneVersion(
  modelsFolder: ModelsFolder,
  { version }: ChampionFile,
  cause: NnError,
): Promise<NnError> {
  return new NnError(
    'model-missing',
    `${describeFolder(modelsFolder)} no longer has the previous champion ${version}: it has ` +
      `${await describeVersions(modelsFolder)}; promote one of them`,
    { cause },
  );
}

/** Loads the version first, so that nothing is written if it cannot be used. */
async function makeChange(
  modelsFolder: ModelsFolder,
  entries: readonly HistoryEntry[],
  change: HistoryEntry,
): Promise<void> {
  const { to } = change;
  await loadVersion(modelsFolder, to);
  const isShipped = isSameVersion(await findShippedChampion(modelsFolder), to);
  await writeHistory(modelsFolder, [...entries, change]);
  // Without a champion of one's own, a later shipped one is used as soon as it is there.
  if (isShipped && typeof modelsFolder !== 'string') await removeOwnChampionFile(modelsFolder);
  else await writeChampionFile(modelsFolder, to);
}
