// The connection latch: requests wait at it until there is a service. Open, it passes requests on
// with the connection at once; reset, it holds them.

import { AppError } from '../app-error.ts';

export interface ConnectionLatch<T> {
  /** Releases all waiting requests, and later ones until the latch is reset. */
  open(value: T): void;
  /** Later requests wait. */
  reset(): void;
  /** Cancels waiting and later requests for good. */
  close(): void;
  /** @throws AppError `service-cancelled` when the signal aborts first, or the latch is closed */
  wait(signal: AbortSignal): Promise<T>;
}

export function createConnectionLatch<T>(): ConnectionLatch<T> {
  let latch = newLatch<T>();
  return {
    open: value => latch.resolve(value),
    reset() {
      latch = newLatch();
    },
    close() {
      latch.reject(cancelled());
      latch = newLatch();
      latch.reject(cancelled());
    },
    async wait(signal) {
      if (signal.aborted) throw cancelled();
      const { promise: aborted, reject } = Promise.withResolvers<never>();
      const onAbort = () => reject(cancelled());
      signal.addEventListener('abort', onAbort);
      try {
        return await Promise.race([latch.promise, aborted]);
      } finally {
        signal.removeEventListener('abort', onAbort);
      }
    },
  };
}

/** A latch that is closed while no request waits must not be an unhandled rejection. */
function newLatch<T>(): PromiseWithResolvers<T> {
  const latch = Promise.withResolvers<T>();
  latch.promise.catch(() => {});
  return latch;
}

function cancelled(): AppError {
  return new AppError('service-cancelled', 'The request was cancelled.');
}
