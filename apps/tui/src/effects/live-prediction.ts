// Live prediction: requests a prediction whenever none is in flight and the drawing has changed since
// the last request, so that the last drawing is always predicted. A minimum interval between requests
// leaves the event loop time to follow the mouse.

import { isBlank, type Raster } from '@digits/canvas';
import { rasterOf, type State } from '../state/state.ts';
import type { Store } from '../state/store.ts';

interface LivePredictionOptions {
  /** Requests a prediction for the current drawing. */
  readonly requestPrediction: () => void;
  /** Calls back after the minimum interval between two requests. */
  readonly startTimer: (onExpired: () => void) => void;
}

export function startLivePrediction(
  store: Store,
  { requestPrediction, startTimer }: LivePredictionOptions,
): void {
  let lastRequested: Raster | undefined;
  let isTimerRunning = false;
  let wasExplaining = store.getState().isExplaining;

  function requestIfNeeded(): void {
    const state = store.getState();
    const { isExplaining, predicted } = state;
    if (state.pendingRaster !== undefined) lastRequested = state.pendingRaster;
    // A prediction without an explanation is requested again once one is needed.
    if (isExplaining && !wasExplaining && predicted?.prediction.saliency === undefined) {
      lastRequested = undefined;
    }
    wasExplaining = isExplaining;
    if (isTimerRunning || !needsPrediction(state) || rasterOf(state) === lastRequested) return;
    lastRequested = rasterOf(state);
    isTimerRunning = true;
    requestPrediction();
    startTimer(() => {
      isTimerRunning = false;
      requestIfNeeded();
    });
  }

  store.subscribe(requestIfNeeded);
}

function needsPrediction(state: State): boolean {
  const { settings, service, pendingRaster, isExplaining, predicted } = state;
  if (pendingRaster !== undefined || service.status !== 'connected' || isBlank(rasterOf(state)))
    return false;
  return settings.isLive || (isExplaining && predicted?.raster === rasterOf(state));
}
