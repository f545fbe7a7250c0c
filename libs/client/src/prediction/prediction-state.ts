// The state of predictions: the drawing whose prediction was requested, the last prediction, and the last
// failure. Rasters are immutable, so they are compared by identity.

import { isBlank, type Raster } from '@digits/canvas';
import type { Prediction } from './prediction.ts';

/** A prediction and the drawing it is of. */
export interface PredictedDrawing {
  readonly raster: Raster;
  readonly prediction: Prediction;
  /** Whether an explanation was requested with it; a service may answer without one. */
  readonly isExplained: boolean;
}

/** Why the request for a prediction of a drawing failed; can be shown. */
export interface PredictionFailure {
  readonly raster: Raster;
  readonly why: string;
}

export interface PredictionState {
  /** The drawing whose prediction was requested. */
  readonly pendingRaster: Raster | undefined;
  /** The last prediction. It may be of an earlier drawing: show `shownPredictionOf`. */
  readonly predicted: PredictedDrawing | undefined;
  readonly predictionFailure: PredictionFailure | undefined;
}

export const noPrediction: PredictionState = {
  pendingRaster: undefined,
  predicted: undefined,
  predictionFailure: undefined,
};

/** The request for a prediction of a drawing, and its outcome. */
export type PredictionAction =
  | { readonly type: 'prediction-requested'; readonly raster: Raster }
  | {
      readonly type: 'prediction-received';
      readonly raster: Raster;
      readonly prediction: Prediction;
      /** Whether an explanation was requested with it. */
      readonly isExplained: boolean;
    }
  | { readonly type: 'prediction-failed'; readonly raster: Raster; readonly why: string };

/** @returns the state after the action; the same object for an outcome that is not of the last request. */
export function reducePrediction<State extends PredictionState>(
  state: State,
  action: PredictionAction,
): State {
  const { raster } = action;
  if (action.type === 'prediction-requested') {
    return { ...state, pendingRaster: raster, predictionFailure: undefined };
  }
  if (raster !== state.pendingRaster) return state;
  const settled = { ...state, pendingRaster: undefined };
  if (action.type === 'prediction-failed') {
    return { ...settled, predictionFailure: { raster, why: action.why } };
  }
  const { prediction, isExplained } = action;
  return { ...settled, predicted: { raster, prediction, isExplained } };
}

/**
 * Drops what a change of the drawing has made outdated: the request for a drawing that was cleared, and
 * the prediction of a cleared drawing. That is kept for an undo, until another drawing begins.
 *
 * @returns the same object if nothing is outdated
 */
export function withDrawingChanged<State extends PredictionState>(
  state: State,
  before: Raster,
  after: Raster,
): State {
  if (after === before) return state;
  if (isBlank(after)) return { ...state, pendingRaster: undefined };
  const isOfCleared = state.predicted?.raster !== after && isBlank(before);
  return isOfCleared ? { ...state, predicted: undefined } : state;
}

/** @returns the prediction to show, which may be of an earlier drawing; a blank drawing has none. */
export function shownPredictionOf(
  { predicted }: Pick<PredictionState, 'predicted'>,
  raster: Raster,
): PredictedDrawing | undefined {
  return isBlank(raster) ? undefined : predicted;
}

/** @returns why there is no prediction of the drawing, if its request failed. */
export function failureFor(
  { predictionFailure }: Pick<PredictionState, 'predictionFailure'>,
  raster: Raster,
): string | undefined {
  return predictionFailure?.raster === raster ? predictionFailure.why : undefined;
}

/** What decides, besides the predictions so far, whether another one is due. */
export interface PredictionNeed {
  /** The current drawing. */
  readonly raster: Raster;
  /** Whether a request can be sent now. */
  readonly isReady: boolean;
  /** Whether every drawing is predicted, without being asked for. */
  readonly isLive: boolean;
  /** The version of the model that the service has now; `undefined` if that is not known. */
  readonly servedVersion: string | undefined;
  /** Whether the screen shows parts that the prediction has none of: an explanation, the layers. */
  readonly lacksParts: (predicted: PredictedDrawing) => boolean;
}

/** Depends on the state alone, not on what led to it. A failed request is not repeated by itself. */
export function isPredictionDue(state: PredictionState, need: PredictionNeed): boolean {
  const { pendingRaster, predicted } = state;
  const { raster, isLive, servedVersion } = need;
  if (pendingRaster !== undefined || !need.isReady) return false;
  if (isBlank(raster) || failureFor(state, raster) !== undefined) return false;
  if (predicted?.raster !== raster) return isLive;
  if (need.lacksParts(predicted)) return true;
  const { version } = predicted.prediction.model;
  return isLive && servedVersion !== undefined && version !== servedVersion;
}
