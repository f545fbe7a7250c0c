// Reads the drawing while it is drawn: whenever no question is in flight and the drawing is another
// than the one asked about last, the next question goes out. So there is never more than one on its
// way, and the newest drawing is asked about in the end. Between two questions there is a rest:
// asking, answering and showing the answer must not take the time in which the hand is followed.

import { isBlank, type Raster } from '@digits/canvas';
import { rasterOf, type State } from '../state/state.ts';
import type { Store } from '../state/store.ts';

interface LivePredictionOptions {
  /** Asks about the drawing as it is. */
  readonly requestPrediction: () => void;
  /** Calls back when enough time has passed since a question went out. */
  readonly startTimer: (rested: () => void) => void;
}

export function startLivePrediction(
  store: Store,
  { requestPrediction: ask, startTimer: rest }: LivePredictionOptions,
): void {
  let lastAsked: Raster | undefined;
  let isResting = false;
  let wasExplaining = store.getState().isExplaining;

  function look(): void {
    const state = store.getState();
    if (state.pendingRaster !== undefined) lastAsked = state.pendingRaster;
    // An answer without an explanation is of no use once one is wanted.
    if (
      state.isExplaining &&
      !wasExplaining &&
      state.predicted?.prediction.saliency === undefined
    ) {
      lastAsked = undefined;
    }
    wasExplaining = state.isExplaining;
    if (isResting || !isWanted(state) || rasterOf(state) === lastAsked) return;
    lastAsked = rasterOf(state);
    isResting = true;
    ask();
    rest(() => {
      isResting = false;
      look();
    });
  }

  store.subscribe(look);
}

function isWanted(state: State): boolean {
  const { settings, service, pendingRaster, isExplaining, predicted } = state;
  if (pendingRaster !== undefined || service.status !== 'connected' || isBlank(rasterOf(state)))
    return false;
  return settings.isLive || (isExplaining && predicted?.raster === rasterOf(state));
}
