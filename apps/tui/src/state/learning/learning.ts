// The state of learning from corrections: the check, training, the gate's comparison, the promotion.

import type { Gate } from './gate.ts';

/** What a training would learn from, and how long it would take. */
export interface LearningPlan {
  /** Corrections to learn from; those held out, which measure whether they were learnt. */
  readonly trained: number;
  readonly heldOut: number;
  readonly duration: LearningDuration;
}

/** How long the training and the comparison take, in milliseconds. */
export interface LearningDuration {
  readonly trainingMs: number;
  readonly comparisonMs: number;
  /** Whether they are those of the last training on this machine. */
  readonly isMeasured: boolean;
}

/** The progress of preparing the pictures to train on, in two steps. */
export interface PreparationProgress {
  readonly step: 'images' | 'drawings';
  /** 0…1 of the step */
  readonly fraction: number;
}

/** The progress of a training. */
export interface TrainingProgress {
  /** 0…1 */
  readonly fraction: number;
  readonly epoch: number;
  readonly epochs: number;
  readonly remainingMs: number | undefined;
}

/** The progress of a comparison. */
export interface ComparisonProgress {
  /** 0…1 of the sets */
  readonly fraction: number;
  readonly remainingMs: number | undefined;
}

export type Learning =
  | { readonly type: 'none' }
  /** The corrections are counted and their labels checked. */
  | { readonly type: 'checking' }
  /** The user decides whether to train. */
  | { readonly type: 'checked'; readonly plan: LearningPlan }
  | {
      readonly type: 'training';
      /** `undefined` before the first batch. */
      readonly progress: TrainingProgress | undefined;
      /** `undefined` until the data has been read. */
      readonly preparation?: PreparationProgress | undefined;
    }
  | {
      readonly type: 'comparing';
      readonly version: string;
      readonly progress: ComparisonProgress | undefined;
    }
  /** The comparison was cancelled; it can be started again. */
  | { readonly type: 'trained'; readonly version: string }
  /** The gate's result is there; the user decides. */
  | { readonly type: 'compared'; readonly gate: Gate }
  | {
      readonly type: 'promoting';
      readonly version: string;
      /** `undefined` unless it is compared again, because a model or a set has changed. */
      readonly progress: ComparisonProgress | undefined;
    }
  /** The version is the champion; no prediction of it was received yet. */
  | { readonly type: 'promoted'; readonly version: string }
  /** The reason is printable; it is shown until the next training or correction. */
  | { readonly type: 'failed'; readonly why: string };

export const noLearning: Learning = { type: 'none' };

/** @returns whether there is a check, a training or a comparison to stop. */
export function canBeStopped({ type }: Learning): boolean {
  return type === 'checking' || type === 'training' || type === 'comparing';
}
