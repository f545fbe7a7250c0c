// Predicts the drawing while it changes: one request in flight, and the newest drawing wins.

import {
  createPacedRequests,
  createPredictionRequester,
  isPredictionDue,
  type Prediction,
  rasterOf,
  reducePrediction,
} from '@digits/client';
import { fileOf, type State } from '../state.ts';
import type { Store } from '../store.ts';
import { type Service, ServiceError } from './service.ts';

/**
 * Between two requests, as in the terminal app; and during a stroke, so that one page stays far
 * below the service's limit of 600 requests a minute. The end of a stroke does not wait.
 */
const intervalMs = 33;
const intervalInStrokeMs = 250;

/** @returns a function that resolves to the prediction of the current drawing, if there is one */
export function startLivePrediction(
  store: Store<State>,
  service: Service,
): () => Promise<Prediction | undefined> {
  const predict = createPredictionRequester({
    drawings: () => ({ ...store.get(), raster: rasterOf(store.get()) }),
    dispatch: action => store.set(reducePrediction(store.get(), action)),
    async predict(raster, signal) {
      const state = store.get();
      const parts = { explain: true, layers: state.needsLayers };
      const prediction = await service.predict(fileOf(raster, state), parts, signal);
      return { prediction, isExplained: true };
    },
    failureText: error => (error instanceof ServiceError ? error.message : undefined),
  });

  const isDrawing = () => store.get().document.stroke !== undefined;
  const requestIfDue = createPacedRequests({
    isDue(isStrokeDone) {
      const state = store.get();
      return isDue(isStrokeDone ? { ...state, pendingRaster: undefined } : state);
    },
    request: () => void predict(),
    isDrawing,
    delaysStrokes: true,
    startTimer(onExpired) {
      setTimeout(onExpired, isDrawing() ? intervalInStrokeMs : intervalMs);
    },
  });
  store.subscribe(requestIfDue);
  return predict;
}

function isDue(state: State): boolean {
  const { service, needsLayers } = state;
  return isPredictionDue(state, {
    raster: rasterOf(state),
    isReady: service.status === 'connected',
    isLive: true,
    servedVersion: service.status === 'connected' ? service.model.version : undefined,
    lacksParts: ({ prediction }) => needsLayers && prediction.layers === undefined,
  });
}
