// The check of a drawing in practice: submits it, requests its prediction if there is none yet, and finishes
// the round.

import { isBlank, type Raster } from '@digits/canvas';
import type { Prediction } from '../prediction/prediction.ts';
import type { PredictionState } from '../prediction/prediction-state.ts';
import { isReviewing, type PracticeState, rasterOf, shownPrediction } from '../shown.ts';
import { readingOf } from './practice.ts';

/** What a check changes. */
export type PracticeCheckAction =
  /** Ends the review of a drawing. */
  | { readonly type: 'practice-continued' }
  | { readonly type: 'practice-round-submitted' }
  /** There was no prediction: the drawing stays and can be submitted again. */
  | { readonly type: 'practice-round-failed' }
  | {
      readonly type: 'practice-round-finished';
      /** The drawing that was submitted. */
      readonly drawing: Raster;
      readonly read: number | null;
    };

interface PracticeCheckOptions {
  readonly state: () => PracticeState & Pick<PredictionState, 'predicted'>;
  readonly dispatch: (action: PracticeCheckAction) => void;
  readonly requestPrediction: () => Promise<Prediction | undefined>;
  /** Called instead of a check while nothing is drawn. */
  readonly onBlank: () => void;
  /** Keeps the drawing of a round as an example of its digit, if the user consents; called before the round ends. */
  readonly keep: (drawing: Raster, digit: number) => Promise<void>;
}

/** @returns a function that checks the current drawing, or ends the review of the last one. */
export function createPracticeCheck(options: PracticeCheckOptions): () => Promise<void> {
  const { state, dispatch, requestPrediction, onBlank, keep } = options;
  return async () => {
    const submitted = state();
    const { practice } = submitted;
    const drawing = rasterOf(submitted);
    if (practice === undefined || practice.isAwaitingPrediction) return;
    if (isReviewing(submitted)) return dispatch({ type: 'practice-continued' });
    if (isBlank(drawing)) return onBlank();
    dispatch({ type: 'practice-round-submitted' });
    const known = shownPrediction(submitted);
    const prediction = known?.raster === drawing ? known.prediction : await requestPrediction();
    const { practice: now } = state();
    // Practice may have ended, or moved to another digit, meanwhile.
    if (now?.isAwaitingPrediction !== true || now.target !== practice.target) return;
    if (prediction === undefined) return dispatch({ type: 'practice-round-failed' });
    // A drawing that is to be misread is a poor example of its digit.
    const kept = now.game === 'recognise' ? keep(drawing, now.target) : undefined;
    dispatch({ type: 'practice-round-finished', drawing, read: readingOf(prediction) });
    await kept;
  };
}
