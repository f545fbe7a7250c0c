// Requests a prediction for the drawing: one request in flight, and the newest one wins.

import { AppError, isAppError } from '../app-error.ts';
import type { PredictOptions } from '../service/client.ts';
import type { Connection } from '../service/connection.ts';
import type { Prediction } from '../state/prediction.ts';
import { needsLayers } from '../state/selected-neuron.ts';
import { rasterOf, type State } from '../state/state.ts';
import type { Store } from '../state/store.ts';
import { encodeDrawing } from '../storage/drawing-png.ts';

interface PredictionRequesterOptions {
  readonly store: Store;
  readonly connection: Pick<Connection, 'predict'>;
  /** Whether the screen shows an explanation. */
  readonly needsExplanation: (state: State) => boolean;
}

/**
 * @returns a function that requests a prediction for the current drawing and resolves to it, or to
 *   `undefined` if there is none. While the same drawing is pending it returns that promise; a
 *   request for another drawing is aborted. It rejects only for mistakes of this app: failures of
 *   the service become state.
 */
export function createPredictionRequester({
  store,
  connection,
  needsExplanation,
}: PredictionRequesterOptions): () => Promise<Prediction | undefined> {
  let inFlight = new AbortController();
  let pending: Promise<Prediction | undefined> = Promise.resolve(undefined);

  /** A service that does not know of layers refuses them, or answers without: it is asked without them. */
  async function predictWithLayers(png: Uint8Array, options: PredictOptions): Promise<Prediction> {
    try {
      const prediction = await connection.predict(png, options);
      if (prediction.layers === undefined && prediction.reason !== 'blank') {
        store.dispatch({ type: 'layers-unsupported' });
      }
      return prediction;
    } catch (error) {
      if (!(error instanceof AppError && error.status === 400)) throw error;
      store.dispatch({ type: 'layers-unsupported' });
      return connection.predict(png, { ...options, layers: false });
    }
  }

  async function request(signal: AbortSignal): Promise<Prediction | undefined> {
    const state = store.getState();
    const raster = rasterOf(state);
    const parts = { explain: needsExplanation(state), layers: needsLayers(state) };
    const { explain } = parts;
    store.dispatch({ type: 'prediction-requested', raster });
    try {
      const predict = parts.layers ? predictWithLayers : connection.predict;
      const prediction = await predict(encodeDrawing(raster), { ...parts, signal });
      store.dispatch({ type: 'prediction-received', raster, prediction, isExplained: explain });
      return prediction;
    } catch (error) {
      if (!isAppError(error, 'service')) throw error;
      store.dispatch({ type: 'prediction-failed', raster, why: error.message });
      return undefined;
    }
  }

  return () => {
    const state = store.getState();
    if (state.pendingRaster === rasterOf(state)) return pending;
    inFlight.abort();
    inFlight = new AbortController();
    pending = request(inFlight.signal);
    return pending;
  };
}
