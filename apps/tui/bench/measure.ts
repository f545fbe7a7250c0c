// What the measurements share: percentiles, CPU time and seeded randomness.

import { readFileSync } from 'node:fs';

/** @param fraction 0.5 for the median. @returns the smallest value that this fraction does not exceed */
export function percentile(values: readonly number[], fraction: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(fraction * sorted.length) - 1)] ?? Number.NaN;
}

/** USER_HZ, the unit of /proc, is a hundredth of a second. */
const tickMs = 10;

/**
 * @returns the user and system time of a process: fields 14 and 15 of its status (proc(5)). Unlike a
 *   latency it hardly depends on the load of the machine.
 */
export function cpuMs(pid: number): number {
  const status = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = status.slice(status.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * tickMs;
}

/** @returns a generator of numbers in [0, 1) that depends on the seed alone (mulberry32) */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
