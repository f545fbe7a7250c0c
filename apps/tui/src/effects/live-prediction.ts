// Live prediction: requests a prediction whenever the current one does not belong to the state, be it
// for the drawing, the explanation or the layers that the screen shows, or the model. One request is in flight. A
// minimum interval between requests leaves the event loop time to follow the mouse.

import { isBlank } from '@digits/canvas';
import { needsLayers } from '../state/selected-neuron.ts';
import { failureOf, rasterOf, type State } from '../state/state.ts';
import type { Store } from '../state/store.ts';

interface LivePredictionOptions {
  /** Requests a prediction for the current drawing. */
  readonly requestPrediction: () => void;
  /** Whether the screen shows an explanation. */
  readonly needsExplanation: (state: State) => boolean;
  /** Calls back after the minimum interval between two requests. */
  readonly startTimer: (onExpired: () => void) => void;
}

export function startLivePrediction(
  store: Store,
  { requestPrediction, needsExplanation, startTimer }: LivePredictionOptions,
): void {
  let isTimerRunning = false;

  function requestIfNeeded(): void {
    const state = store.getState();
    if (isTimerRunning || !needsPrediction(state, needsExplanation)) return;
    isTimerRunning = true;
    requestPrediction();
    startTimer(() => {
      isTimerRunning = false;
      requestIfNeeded();
    });
  }

  store.subscribe(requestIfNeeded);
}

/** Depends on the state alone, not on what led to it. A failed request is not repeated by itself. */
function needsPrediction(state: State, needsExplanation: (state: State) => boolean): boolean {
  const { settings, service, pendingRaster, predicted } = state;
  const raster = rasterOf(state);
  if (pendingRaster !== undefined || service.status !== 'connected') return false;
  if (state.inside.isRequested) return false;
  if (isBlank(raster) || failureOf(state) !== undefined) return false;
  if (predicted?.raster !== raster) return settings.isLive;
  if (!predicted.isExplained && needsExplanation(state)) return true;
  if (predicted.prediction.layers === undefined && needsLayers(state)) return true;
  return settings.isLive && predicted.prediction.model.version !== service.model.version;
}
