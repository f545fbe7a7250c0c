// Asks the service about the drawing: one question in flight, and the newest one wins.

import { encodeDrawing } from '../drawing-png.ts';
import type { Connection } from '../service/connection.ts';
import { ServiceError } from '../service/service-error.ts';
import type { Store } from './store.ts';

type AskingOptions = {
  readonly store: Store;
  readonly connection: Pick<Connection, 'predict'>;
};

/**
 * @returns a function that asks about the drawing as it is now and settles when that is over. If
 *   the same drawing is being asked about it does nothing; a question about another one is given
 *   up. It rejects only for mistakes of this app: what the service does wrong becomes state.
 */
export function createAsking({ store, connection }: AskingOptions): () => Promise<void> {
  let inFlight = new AbortController();

  return async () => {
    const { raster, asked } = store.getState();
    if (asked === raster) return;
    inFlight.abort();
    inFlight = new AbortController();
    store.dispatch({ type: 'asked', raster });
    try {
      const prediction = await connection.predict(encodeDrawing(raster), inFlight.signal);
      store.dispatch({ type: 'answered', raster, prediction });
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      store.dispatch({ type: 'ask-failed', raster, why: error.message });
    }
  };
}
