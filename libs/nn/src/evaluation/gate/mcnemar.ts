// Whether two networks differ by more than chance on the same images (McNemar 1947). Only images that
// one of the two classifies correctly carry information; by chance each wins half of them.

/**
 * McNemar's exact two-sided test: the probability that a fair coin, thrown once for each image that
 * only one of the two classifies correctly, lands as unevenly as this or more. Exact for any count,
 * where the χ² approximation needs about 25 (Fagerland, Lydersen and Laake 2013, "The McNemar test
 * for binary matched-pairs data", recommend it where the nominal level must not be exceeded).
 *
 * @param gained images that only the one classifies correctly
 * @param lost images that only the other classifies correctly
 * @returns the p-value, 0…1; 1 where they do not differ
 */
export function mcNemar(gained: number, lost: number): number {
  const n = gained + lost;
  const fewer = Math.min(gained, lost);
  // ln(C(n, k) / 2ⁿ) from k = 0 upwards: in logarithms no factor over- or underflows.
  let logTerm = -n * Math.LN2;
  let tail = Math.exp(logTerm);
  for (let k = 1; k <= fewer; k++) {
    logTerm += Math.log((n - k + 1) / k);
    tail += Math.exp(logTerm);
  }
  return Math.min(1, 2 * tail);
}

/**
 * Holm's correction of p-values for multiple comparisons (Holm 1979): the smallest is multiplied by
 * their number, the next by one less, and so on.
 *
 * @returns the adjusted p-values in the same order, none smaller than before
 */
export function holm(values: readonly number[]): number[] {
  const order = [...values.keys()].sort((a, b) => values[a]! - values[b]!);
  const adjusted = new Array<number>(values.length);
  let max = 0;
  for (const [rank, index] of order.entries()) {
    max = Math.max(max, Math.min(1, (values.length - rank) * values[index]!));
    adjusted[index] = max;
  }
  return adjusted;
}
