// Live prediction without clock and network: requests at a minimum interval, of which one is in flight and
// the newest wins.

import type { Raster } from '@digits/canvas';
import type { Prediction } from './prediction.ts';
import type { PredictionAction } from './prediction-state.ts';

interface PacedRequestsOptions {
  /**
   * Whether a request is due; see `isPredictionDue`.
   *
   * @param isStrokeDone whether a stroke has just ended: its request may replace one that is in flight
   */
  readonly isDue: (isStrokeDone: boolean) => boolean;
  readonly request: () => void;
  /** Whether a stroke is in progress. Its end does not wait for the interval. */
  readonly isDrawing: () => boolean;
  /**
   * Whether a stroke begins with an interval: its first dot says little, and a request for it would delay the
   * one for a short stroke.
   */
  readonly delaysStrokes?: boolean;
  /** Calls back after the minimum interval between two requests. */
  readonly startTimer: (onExpired: () => void) => void;
}

/** @returns a function to call after each change of the state: it sends the request that is due. */
export function createPacedRequests(options: PacedRequestsOptions): () => void {
  /** Identifies the interval that a request must wait for. */
  let interval: symbol | undefined;
  let wasDrawing = false;

  function startInterval(): void {
    const started = Symbol();
    interval = started;
    options.startTimer(() => {
      if (interval !== started) return;
      interval = undefined;
      requestIfDue();
    });
  }

  function requestIfDue(isStrokeDone = false): void {
    if (interval !== undefined || !options.isDue(isStrokeDone)) return;
    startInterval();
    options.request();
  }

  return () => {
    const isDrawing = options.isDrawing();
    const isStrokeDone = wasDrawing && !isDrawing;
    if (options.delaysStrokes && isDrawing && !wasDrawing) startInterval();
    if (isStrokeDone) interval = undefined;
    wasDrawing = isDrawing;
    requestIfDue(isStrokeDone);
  };
}

/** A prediction, and whether an explanation was requested with it. */
export interface RequestedPrediction {
  readonly prediction: Prediction;
  readonly isExplained: boolean;
}

interface PredictionRequesterOptions {
  /** @returns the current drawing, and the one whose prediction was requested */
  readonly drawings: () => {
    readonly raster: Raster;
    readonly pendingRaster: Raster | undefined;
  };
  readonly dispatch: (action: PredictionAction) => void;
  readonly predict: (raster: Raster, signal: AbortSignal) => Promise<RequestedPrediction>;
  /** @returns a failure of the service in words; `undefined` for any other error, which is thrown */
  readonly failureText: (error: unknown) => string | undefined;
}

/**
 * @returns a function that requests a prediction for the current drawing and resolves to it, or to
 *   `undefined` if there is none. While the same drawing is pending it returns that promise; a
 *   request for another drawing is aborted.
 */
export function createPredictionRequester({
  drawings,
  dispatch,
  predict,
  failureText,
}: PredictionRequesterOptions): () => Promise<Prediction | undefined> {
  let inFlight = new AbortController();
  let pending: Promise<Prediction | undefined> = Promise.resolve(undefined);

  async function request(raster: Raster, signal: AbortSignal): Promise<Prediction | undefined> {
    dispatch({ type: 'prediction-requested', raster });
    try {
      const requested = await predict(raster, signal);
      dispatch({ type: 'prediction-received', raster, ...requested });
      return requested.prediction;
    } catch (error) {
      const why = failureText(error);
      if (why === undefined) throw error;
      // The same drawing may be pending again, after an undo.
      if (!signal.aborted) dispatch({ type: 'prediction-failed', raster, why });
      return undefined;
    }
  }

  return () => {
    const { raster, pendingRaster } = drawings();
    if (pendingRaster === raster) return pending;
    inFlight.abort();
    inFlight = new AbortController();
    pending = request(raster, inFlight.signal);
    return pending;
  };
}
