// The same drawing read before a promotion and after it: what the new model makes of it.

import { isBlank, type Raster } from '@digits/canvas';
import { isAppError } from '../app-error.ts';
import type { Connection } from '../service/connection.ts';
import { type Prediction, topClassOf } from '../state/prediction.ts';
import { type Notice, rasterOf, type State } from '../state/state.ts';
import type { Store } from '../state/store.ts';
import { encodeDrawing } from '../storage/drawing-png.ts';
import { formatPercent } from '../view/text/bars.ts';

/** A drawing and how it was read; no reading if the service did not answer. */
export interface DrawingPrediction {
  readonly raster: Raster;
  readonly prediction: Prediction | undefined;
}

export interface Repredictor {
  /** Reads what is drawn, or else the drawing that was corrected last. */
  predictNow(signal: AbortSignal): Promise<DrawingPrediction>;
  /**
   * Asks until a model of this version answers, or it is clear that none will.
   * @param before undefined where nothing was read before
   * @returns what to say of it
   */
  awaitVersion(
    version: string,
    before: DrawingPrediction | undefined,
    signal: AbortSignal,
  ): Promise<Notice>;
}

interface RepredictorOptions {
  readonly store: Store;
  readonly connection: Pick<Connection, 'predict'>;
  /** Has the drawing on the screen read anew. */
  readonly requestPrediction: () => void;
  /** Waits between two questions. */
  readonly wait: () => Promise<unknown>;
}

/** A service looks for a new champion more than twice a second: with a rest of ¼ s, ten seconds. */
const maxRequests = 40;

/** Nobody waits for longer to see what was before. */
const requestTimeoutMs = 10_000;

export function createRepredictor({
  store,
  connection,
  requestPrediction: ask,
  wait: rest,
}: RepredictorOptions): Repredictor {
  async function read(raster: Raster, signal: AbortSignal): Promise<Prediction | undefined> {
    try {
      const patient = AbortSignal.any([signal, AbortSignal.timeout(requestTimeoutMs)]);
      return await connection.predict(encodeDrawing(raster), { signal: patient });
    } catch (error) {
      if (!isAppError(error, 'service')) throw error;
      return undefined;
    }
  }

  return {
    async predictNow(signal) {
      const raster = drawingOf(store.getState());
      return { raster, prediction: await read(raster, signal) };
    },
    async awaitVersion(version, before, signal) {
      const raster = before?.raster ?? drawingOf(store.getState());
      let after: Prediction | undefined;
      for (let count = 0; count < maxRequests && !signal.aborted; count++) {
        after = await read(raster, signal);
        if (after?.model.version === version) break;
        await rest();
      }
      if (after?.model.version !== version) return notTakenUp(version);
      store.dispatch({ type: 'model-served', model: after.model });
      if (!isBlank(rasterOf(store.getState()))) ask();
      return { text: change(version, before?.prediction, after), isBad: false };
    },
  };
}

function drawingOf(state: State): Raster {
  const raster = rasterOf(state);
  return isBlank(raster) ? (state.correctedRaster ?? raster) : raster;
}

function notTakenUp(version: string): Notice {
  const text = `${version} is the champion of this repository, but this service does not serve it.`;
  return { text, isBad: true };
}

function change(version: string, before: Prediction | undefined, after: Prediction): string {
  const former = before === undefined ? '' : `${inShort(before)} → `;
  return `${version} answers now. This drawing: ${former}${inShort(after)}`;
}

function inShort(prediction: Prediction): string {
  const { reason } = prediction;
  const { digit, probability } = topClassOf(prediction);
  if (reason === 'blank') return 'blank';
  return `${reason === 'not-a-digit' ? `none, like ${digit}` : digit} (${formatPercent(probability)})`;
}
