// Live prediction: requests a prediction whenever the current one does not belong to the state, be it
// for the drawing, the explanation or the layers that the screen shows, or the model. A minimum interval
// between requests leaves the event loop time to follow the mouse; the end of a stroke does not wait for it.

import { createPacedRequests, isPredictionDue, rasterOf } from '@digits/client';
import type { State } from '../state/state.ts';
import type { Store } from '../state/store.ts';

interface LivePredictionOptions {
  /** Requests a prediction for the current drawing. */
  readonly requestPrediction: () => void;
  /** Whether the screen shows an explanation. */
  readonly needsExplanation: (state: State) => boolean;
  /** Whether it shows the outputs of the layers. */
  readonly needsLayers: (state: State) => boolean;
  /** Calls back after the minimum interval between two requests. */
  readonly startTimer: (onExpired: () => void) => void;
}

export function startLivePrediction(store: Store, options: LivePredictionOptions): void {
  const { requestPrediction, startTimer } = options;
  const requestIfDue = createPacedRequests({
    isDue: () => needsPrediction(store.getState(), options),
    request: requestPrediction,
    isDrawing: () => store.getState().document.stroke !== undefined,
    startTimer,
  });
  store.subscribe(requestIfDue);
}

function needsPrediction(
  state: State,
  { needsExplanation, needsLayers }: LivePredictionOptions,
): boolean {
  const { settings, service, inside } = state;
  if (service.status !== 'connected') return false;
  return isPredictionDue(state, {
    raster: rasterOf(state),
    isReady: !inside.isRequested,
    isLive: settings.isLive,
    servedVersion: service.model.version,
    lacksParts: ({ isExplained, prediction }) =>
      (!isExplained && needsExplanation(state)) ||
      (prediction.layers === undefined && needsLayers(state)),
  });
}
