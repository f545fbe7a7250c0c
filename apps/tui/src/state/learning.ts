// The state of learning from corrections: training, the gate's comparison, the promotion.

import type { Gate } from './gate.ts';

/** Corrections whose label looks wrong, and the page that shows them. */
export interface SuspectLabels {
  readonly count: number;
  readonly page: string;
}

/** The progress of a training. */
export interface TrainingProgress {
  /** 0…1 */
  readonly fraction: number;
  readonly epoch: number;
  readonly epochs: number;
  readonly remainingMs: number | undefined;
}

export type Learning =
  | { readonly type: 'none' }
  | {
      readonly type: 'training';
      /** `undefined` while the corrections are prepared. */
      readonly progress: TrainingProgress | undefined;
      /** The corrections that are left out. */
      readonly suspectLabels: SuspectLabels | undefined;
    }
  | {
      readonly type: 'comparing';
      readonly version: string;
      readonly suspectLabels: SuspectLabels | undefined;
    }
  /** The gate's result is there; the user decides. */
  | {
      readonly type: 'compared';
      readonly gate: Gate;
      readonly suspectLabels: SuspectLabels | undefined;
    }
  | { readonly type: 'promoting'; readonly version: string }
  /** The version is the champion; no prediction of it was received yet. */
  | { readonly type: 'promoted'; readonly version: string }
  /** The reason is printable; it is shown until the next training or correction. */
  | { readonly type: 'failed'; readonly why: string };

export const noLearning: Learning = { type: 'none' };

/** @returns whether there is a training or a comparison to stop. */
export function canBeStopped({ type }: Learning): boolean {
  return type === 'training' || type === 'comparing';
}
