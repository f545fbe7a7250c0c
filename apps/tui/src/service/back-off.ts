// How long to wait before the next attempt: doubling from a quarter of a second to ten seconds,
// each drawn at random from half of that on, so that many apps do not all knock at once.

const firstDelayMs = 250;
const maxDelayMs = 10_000;

export interface BackOff {
  /** @returns the next wait in milliseconds */
  next(): number;
  /** An attempt succeeded: the next wait is short again. */
  reset(): void;
}

/** @param random a number in [0, 1) */
export function createBackOff(random: () => number): BackOff {
  let failures = 0;
  return {
    next() {
      const longest = Math.min(firstDelayMs * 2 ** failures, maxDelayMs);
      failures++;
      return Math.round(longest * (0.5 + 0.5 * random()));
    },
    reset() {
      failures = 0;
    },
  };
}
