// Requests a prediction for the drawing from the connected service, with the parts that the screen shows.

import {
  createPredictionRequester as createRequester,
  type Prediction,
  rasterOf,
} from '@digits/client';
import { AppError, isAppError } from '../app-error.ts';
import type { PredictOptions } from '../service/client.ts';
import type { Connection } from '../service/connection.ts';
import type { State } from '../state/state.ts';
import type { Store } from '../state/store.ts';
import { encodeDrawing } from '../storage/drawing-png.ts';

interface PredictionRequesterOptions {
  readonly store: Store;
  readonly connection: Pick<Connection, 'predict'>;
  /** Whether the screen shows an explanation. */
  readonly needsExplanation: (state: State) => boolean;
  /** Whether it shows the outputs of the layers. */
  readonly needsLayers: (state: State) => boolean;
}

/**
 * @returns a function as that of `@digits/client`: one request in flight, and the newest one wins. It
 *   rejects only for mistakes of this app: failures of the service become state.
 */
export function createPredictionRequester({
  store,
  connection,
  needsExplanation,
  needsLayers,
}: PredictionRequesterOptions): () => Promise<Prediction | undefined> {
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

  return createRequester({
    drawings() {
      const state = store.getState();
      return { raster: rasterOf(state), pendingRaster: state.pendingRaster };
    },
    dispatch: store.dispatch,
    async predict(raster, signal) {
      const state = store.getState();
      const parts = { explain: needsExplanation(state), layers: needsLayers(state) };
      const predict = parts.layers ? predictWithLayers : connection.predict;
      const prediction = await predict(encodeDrawing(raster), { ...parts, signal });
      return { prediction, isExplained: parts.explain };
    },
    failureText: error => (isAppError(error, 'service') ? error.message : undefined),
  });
}
