// What is shown, as it follows from the drawing, its prediction and practice together.

import type { Raster } from '@digits/canvas';
import type { DrawingState } from './drawing.ts';
import type { Practice } from './practice/practice.ts';
import {
  type PredictedDrawing,
  type PredictionState,
  shownPredictionOf,
} from './prediction/prediction-state.ts';

type DocumentState = Pick<DrawingState, 'document'>;

export interface PracticeState extends DocumentState {
  readonly practice: Practice | undefined;
}

interface EvidenceState extends PracticeState {
  /** Whether the user wants the evidence for the prediction over the drawing. */
  readonly isExplaining: boolean;
}

/** @returns the current drawing. */
export function rasterOf({ document }: DocumentState): Raster {
  return document.history.present.raster;
}

/** @returns the prediction to show, which may be of an earlier drawing; a blank drawing has none. */
export function shownPrediction(
  state: DocumentState & Pick<PredictionState, 'predicted'>,
): PredictedDrawing | undefined {
  return shownPredictionOf(state, rasterOf(state));
}

/** @returns whether practice leaves the drawing of the last round on the canvas to be reviewed. */
export function isReviewing(state: PracticeState): boolean {
  return state.practice?.reviewed === rasterOf(state);
}

/** @returns whether the evidence for the prediction is shown over the drawing. */
export function isEvidenceShown(state: EvidenceState): boolean {
  return state.isExplaining || isReviewing(state);
}
