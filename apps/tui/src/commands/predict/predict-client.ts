// Classifies one picture after another with retries: a request that is refused for load is repeated
// with back-off, and if the service is lost, one more attempt to connect is made.

import { setTimeout as wait } from 'node:timers/promises';
import type { Prediction } from '@digits/client';
import { createBackOff } from '@digits/client';
import { AppError, isAppError } from '../../app-error.ts';
import { type ConnectionOptions, createConnection } from '../../service/connection.ts';

/** With back-off up to ten seconds, half a minute. */
const maxTries = 8;

/** Too many requests, and overloaded. */
const retryableStatuses = [429, 503];

export interface PredictClient {
  /** @throws AppError if there is no service */
  open(): Promise<void>;
  /** @throws AppError */
  predict(picture: Uint8Array, explain: boolean): Promise<Prediction>;
  close(): Promise<void>;
}

export function createPredictClient(options: Omit<ConnectionOptions, 'report'>): PredictClient {
  const lost = new AbortController();
  let failures = 0;
  let why = 'there is no service';
  const connection = createConnection({
    ...options,
    report(state) {
      if (state.status === 'connected') failures = 0;
      if (state.status !== 'away') return;
      why = state.why;
      // The first failure at the start is final, and so is the first attempt after a loss.
      failures += 1;
      if (failures > 1) lost.abort();
    },
  });

  async function predict(picture: Uint8Array, explain: boolean): Promise<Prediction> {
    const backOff = createBackOff(options.random ?? Math.random);
    for (let tries = 1; ; tries++) {
      try {
        return await connection.predict(picture, { explain, signal: lost.signal });
      } catch (error) {
        if (lost.signal.aborted) throw new AppError('service-unreachable', why);
        if (tries === maxTries || !isRetryable(error)) throw error;
        await wait(backOff.next());
      }
    }
  }

  return {
    async open() {
      await connection.open();
      if (failures === 0) return;
      throw new AppError('service-unreachable', why);
    },
    predict,
    close: connection.close,
  };
}

function isRetryable(error: unknown): boolean {
  return isAppError(error, 'service') && retryableStatuses.includes(error.status ?? 0);
}
