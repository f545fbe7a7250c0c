// The wait before the next attempt: exponential back-off with equal jitter (Brooker, "Exponential
// Backoff And Jitter", AWS Architecture Blog, 2015). It doubles from a quarter of a second to ten
// seconds; each wait is drawn at random from its upper half, so that many apps do not retry at once.

const firstDelayMs = 250;
const maxDelayMs = 10_000;

export interface BackOff {
  /** @returns the next wait in milliseconds */
  next(): number;
  /** An attempt succeeded: the next wait is short again. */
  reset(): void;
}

/** @param random gives numbers in [0, 1) */
export function createBackOff(random: () => number): BackOff {
  let failures = 0;
  return {
    next() {
      const delayMs = Math.min(firstDelayMs * 2 ** failures, maxDelayMs);
      failures++;
      return Math.round(delayMs * (0.5 + 0.5 * random()));
    },
    reset() {
      failures = 0;
    },
  };
}
