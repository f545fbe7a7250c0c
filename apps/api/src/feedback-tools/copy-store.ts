// Copies all corrections and disagreements of one store into another one. What the target has already is
// not stored twice, so an interrupted copy is completed by repeating it.

import { toNewDisagreement } from '../feedback/disagreement.ts';
import { toNewFeedbackEntry } from '../feedback/feedback-entry.ts';
import type { FeedbackSnapshot, FeedbackStore } from '../feedback/store.ts';
import { pictureColumns } from '../feedback/stored-picture.ts';

/** How far a copy is. */
export interface CopyCounts {
  /** All that the source has. */
  readonly corrections: number;
  correctionsRead: number;
  correctionsStored: number;
  disagreementsRead: number;
  disagreementsStored: number;
}

/**
 * Copies in order of arrival, with ids and times, one transaction for each picture. Yields the same
 * object after each picture, updated; one picture is in memory at a time.
 *
 * @throws ServiceError of either store
 */
export async function* copyStore(
  source: FeedbackSnapshot,
  target: Pick<FeedbackStore, 'add' | 'disagreements'>,
): AsyncGenerator<CopyCounts, CopyCounts> {
  const { count, rows } = await source.select({});
  const counts: CopyCounts = {
    corrections: count,
    correctionsRead: 0,
    correctionsStored: 0,
    disagreementsRead: 0,
    disagreementsStored: 0,
  };
  for await (const row of rows(...pictureColumns.split(', '))) {
    const { isNew } = await target.add(toNewFeedbackEntry(row));
    counts.correctionsRead++;
    if (isNew) counts.correctionsStored++;
    yield counts;
  }
  for await (const row of source.disagreements()) {
    const isNew = await target.disagreements.add(toNewDisagreement(row));
    counts.disagreementsRead++;
    if (isNew) counts.disagreementsStored++;
    yield counts;
  }
  return counts;
}

/** Counts what a store has. */
export async function countStore(
  store: FeedbackSnapshot,
): Promise<{ readonly corrections: number; readonly disagreements: number }> {
  const { count: corrections } = await store.select({});
  let disagreements = 0;
  for await (const _ of store.disagreements()) disagreements++;
  return { corrections, disagreements };
}
