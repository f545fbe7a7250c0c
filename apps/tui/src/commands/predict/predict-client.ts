// Asks the service about one picture after another, patiently: a service that is in a hurry is asked
// again, one that is lost is waited for as long as it takes to try once more.

import { setTimeout as wait } from 'node:timers/promises';
import { AppError, isAppError } from '../../app-error.ts';
import { createBackOff } from '../../service/back-off.ts';
import { type ConnectionOptions, createConnection } from '../../service/connection.ts';
import type { Prediction } from '../../state/prediction.ts';

/** With waits that double up to ten seconds, half a minute. */
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
  const givingUp = new AbortController();
  let failures = 0;
  let why = 'there is no service';
  const connection = createConnection({
    ...options,
    report(state) {
      if (state.status === 'connected') failures = 0;
      if (state.status !== 'away') return;
      why = state.why;
      // The first failure of all is final, and so is the first after a loss.
      failures += 1;
      if (failures > 1) givingUp.abort();
    },
  });

  async function ask(picture: Uint8Array, explain: boolean): Promise<Prediction> {
    const backOff = createBackOff(options.random ?? Math.random);
    for (let tries = 1; ; tries++) {
      try {
        return await connection.predict(picture, { explain, signal: givingUp.signal });
      } catch (error) {
        if (givingUp.signal.aborted) throw new AppError('service-unreachable', why);
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
    predict: ask,
    close: connection.close,
  };
}

function isRetryable(error: unknown): boolean {
  return isAppError(error, 'service') && retryableStatuses.includes(error.status ?? 0);
}
