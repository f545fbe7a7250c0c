// How much longer something takes that has come so far in so long.

/**
 * @returns a function of the share that is done, 0…1, and the time, that gives the milliseconds
 *   still to go; undefined until there is something to tell it by
 */
export function createTimeEstimator(): (share: number, nowMs: number) => number | undefined {
  let first: { readonly share: number; readonly ms: number } | undefined;
  return (share, nowMs) => {
    first ??= { share, ms: nowMs };
    if (share <= first.share) return undefined;
    return ((1 - share) / (share - first.share)) * (nowMs - first.ms);
  };
}
