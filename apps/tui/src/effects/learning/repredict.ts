// Repredict: the prediction for one drawing before a promotion and after it, by the new model.

import { isBlank, type Raster } from '@digits/canvas';
import { type Prediction, rasterOf, topClassOf } from '@digits/client';
import { isAppError } from '../../app-error.ts';
import type { Connection } from '../../service/connection.ts';
import type { Notice } from '../../state/notice.ts';
import type { State } from '../../state/state.ts';
import type { Store } from '../../state/store.ts';
import { encodeDrawing } from '../../storage/drawing-png.ts';

/** A drawing and its prediction; `undefined` if the service did not answer. */
export interface DrawingPrediction {
  readonly raster: Raster;
  readonly prediction: Prediction | undefined;
}

export interface Repredictor {
  /** Predicts the current drawing, or if it is blank the one that was corrected last. */
  predictNow(signal: AbortSignal): Promise<DrawingPrediction>;
  /**
   * Repeats the request until a model of this version answers, or too many requests were in vain.
   * @param before the prediction before the promotion, if there was one
   * @returns a notice that compares both
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
  readonly formatPercent: (fraction: number) => string;
  /** Requests a new prediction for the drawing on the screen. */
  readonly requestPrediction: () => void;
  /** Waits between two requests. */
  readonly wait: () => Promise<unknown>;
}

/** Ten seconds at an interval of ¼ s; a service checks for a new champion twice a second. */
const maxRequests = 40;

const requestTimeoutMs = 10_000;

export function createRepredictor(options: RepredictorOptions): Repredictor {
  const { store, connection, formatPercent } = options;

  async function predict(raster: Raster, signal: AbortSignal): Promise<Prediction | undefined> {
    try {
      const bounded = AbortSignal.any([signal, AbortSignal.timeout(requestTimeoutMs)]);
      return await connection.predict(encodeDrawing(raster), { signal: bounded });
    } catch (error) {
      if (!isAppError(error, 'service')) throw error;
      return undefined;
    }
  }

  return {
    async predictNow(signal) {
      const raster = drawingOf(store.getState());
      return { raster, prediction: await predict(raster, signal) };
    },
    async awaitVersion(version, before, signal) {
      const raster = before?.raster ?? drawingOf(store.getState());
      let after: Prediction | undefined;
      for (let count = 0; count < maxRequests && !signal.aborted; count++) {
        after = await predict(raster, signal);
        if (after?.model.version === version) break;
        await options.wait();
      }
      if (after?.model.version !== version) return notServed(version);
      store.dispatch({ type: 'model-served', model: after.model });
      if (!isBlank(rasterOf(store.getState()))) options.requestPrediction();
      const inUse = `${version} is in use now.`;
      if (isBlank(raster)) return { text: inUse, isBad: false, about: 'service' };
      const predictions = [before?.prediction, after].filter(each => each !== undefined);
      const change = predictions.map(each => summaryOf(each, formatPercent)).join(' → ');
      return { text: `${inUse} This drawing: ${change}`, isBad: false, about: 'service' };
    },
  };
}

function drawingOf(state: State): Raster {
  const raster = rasterOf(state);
  return isBlank(raster) ? (state.correctedRaster ?? raster) : raster;
}

function notServed(version: string): Notice {
  const text = `${version} is the champion of this repository, but this service does not serve it.`;
  return { text, isBad: true };
}

function summaryOf(
  prediction: Prediction,
  formatPercent: RepredictorOptions['formatPercent'],
): string {
  const { reason } = prediction;
  const { digit, probability } = topClassOf(prediction);
  if (reason === 'blank') return 'blank';
  const label = reason === 'not-a-digit' ? `not a digit, most like ${digit}` : digit;
  return `${label} (${formatPercent(probability)})`;
}
