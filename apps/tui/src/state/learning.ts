// Where the app stands with learning from corrections, as the status line tells it.

import type { Gate } from './gate.ts';

/** Corrections whose label looks wrong, and the page that shows them. */
export interface SuspectLabels {
  readonly count: number;
  readonly page: string;
}

/** How far a training has come. */
export interface TrainingProgress {
  /** 0…1 */
  readonly fraction: number;
  readonly epoch: number;
  readonly epochs: number;
  readonly remainingMs: number | undefined;
}

export type Learning =
  | { readonly type: 'none' }
  /** Without progress it still prepares the corrections. */
  | {
      readonly type: 'training';
      readonly progress: TrainingProgress | undefined;
      /** What it leaves out. */
      readonly suspectLabels: SuspectLabels | undefined;
    }
  | {
      readonly type: 'comparing';
      readonly version: string;
      readonly suspectLabels: SuspectLabels | undefined;
    }
  /** The table is there; a person decides. */
  | {
      readonly type: 'compared';
      readonly gate: Gate;
      readonly suspectLabels: SuspectLabels | undefined;
    }
  | { readonly type: 'promoting'; readonly version: string }
  /** It is the champion, and no answer has named it yet. */
  | { readonly type: 'promoted'; readonly version: string }
  /** For a printable reason, which stays to be read until something else is learnt or corrected. */
  | { readonly type: 'failed'; readonly why: string };

export const noLearning: Learning = { type: 'none' };

/** Whether there is a training or a comparison that could be stopped. */
export function canBeStopped({ type }: Learning): boolean {
  return type === 'training' || type === 'comparing';
}
