// Reads the drawing while it is drawn: whenever no question is in flight and the drawing is another
// than the one asked about last, the next question goes out. So there is never more than one on its
// way, the newest drawing is asked about in the end, and nothing waits for a clock.

import { isBlank, type Raster } from '@digits/canvas';
import { rasterOf, type State } from './state.ts';
import type { Store } from './store.ts';

/** @param ask asks about the drawing as it is */
export function readWhileDrawing(store: Store, ask: () => void): void {
  let lastAsked: Raster | undefined;
  let wasExplaining = store.getState().isExplaining;

  store.subscribe(() => {
    const state = store.getState();
    if (state.asked !== undefined) lastAsked = state.asked;
    // An answer without an explanation is of no use once one is wanted.
    if (state.isExplaining && !wasExplaining && state.answer?.prediction.saliency === undefined) {
      lastAsked = undefined;
    }
    wasExplaining = state.isExplaining;
    if (!isWanted(state) || rasterOf(state) === lastAsked) return;
    lastAsked = rasterOf(state);
    ask();
  });
}

function isWanted(state: State): boolean {
  const { settings, service, asked, isExplaining, answer } = state;
  if (asked !== undefined || service.status !== 'connected' || isBlank(rasterOf(state)))
    return false;
  return settings.isLive || (isExplaining && answer?.raster === rasterOf(state));
}
