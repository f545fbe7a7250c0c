// What the app uses of the events of nn:train, and how much longer a training takes.

import { type Progress, remainingMs } from '@digits/screen';
import type { SuspectLabel } from '../state/corrections/corrections.ts';
import type { PreparationProgress } from '../state/learning/learning.ts';

/** The corrections that a training would learn from, or does. */
export interface CorrectionsChecked {
  readonly type: 'corrections';
  readonly trained: number;
  readonly heldOut: number;
  /** Left out of the training. */
  readonly suspects: readonly SuspectLabel[];
}

export type TrainerEvent =
  | CorrectionsChecked
  | ({ readonly type: 'preparation' } & PreparationProgress)
  | {
      readonly type: 'progress';
      /** 0…1 of the whole training */
      readonly fraction: number;
      readonly epoch: number;
      readonly epochs: number;
    }
  /** From now on the training can be continued. */
  | { readonly type: 'checkpoint' }
  | { readonly type: 'done'; readonly version: string; readonly isChampion: boolean };

/**
 * Extrapolates linearly from the first call.
 * @returns a function of the fraction that is done, 0…1, and the time, that gives the remaining
 *   milliseconds; `undefined` until the fraction has grown
 */
export function createTimeEstimator(): (fraction: number, nowMs: number) => number | undefined {
  let first: Progress | undefined;
  return (fraction, nowMs) => {
    const now = { fraction, ms: nowMs };
    first ??= now;
    return remainingMs(first, now);
  };
}
