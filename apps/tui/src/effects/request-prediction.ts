// Asks the service about the drawing: one question in flight, and the newest one wins.

import { isAppError } from '../app-error.ts';
import type { Connection } from '../service/connection.ts';
import type { Prediction } from '../state/prediction.ts';
import { rasterOf, type State } from '../state/state.ts';
import type { Store } from '../state/store.ts';
import { encodeDrawing } from '../storage/drawing-png.ts';

interface PredictionRequesterOptions {
  readonly store: Store;
  readonly connection: Pick<Connection, 'predict'>;
  /** Whether the screen has a use for an explanation. */
  readonly wantsExplanation: (state: State) => boolean;
}

/**
 * @returns a function that asks about the drawing as it is now, and settles when that is over with
 *   the answer, if there is one. If the same drawing is being asked about, it waits for that answer;
 *   a question about another one is given up. It rejects only for mistakes of this app: what the
 *   service does wrong becomes state.
 */
export function createPredictionRequester({
  store,
  connection,
  wantsExplanation,
}: PredictionRequesterOptions): () => Promise<Prediction | undefined> {
  let inFlight = new AbortController();
  let answer: Promise<Prediction | undefined> = Promise.resolve(undefined);

  async function ask(signal: AbortSignal): Promise<Prediction | undefined> {
    const state = store.getState();
    const raster = rasterOf(state);
    const explain = wantsExplanation(state);
    store.dispatch({ type: 'prediction-requested', raster });
    try {
      const prediction = await connection.predict(encodeDrawing(raster), { explain, signal });
      store.dispatch({ type: 'prediction-received', raster, prediction });
      return prediction;
    } catch (error) {
      if (!isAppError(error, 'service')) throw error;
      store.dispatch({ type: 'prediction-failed', raster, why: error.message });
      return undefined;
    }
  }

  return () => {
    const state = store.getState();
    if (state.pendingRaster === rasterOf(state)) return answer;
    inFlight.abort();
    inFlight = new AbortController();
    answer = ask(inFlight.signal);
    return answer;
  };
}
