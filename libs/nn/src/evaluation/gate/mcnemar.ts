// Tests whether two networks differ by more than chance on the same images (McNemar 1947). Only images
// that exactly one of them classifies correctly are informative; by chance, each gets half of those.

/**
 * McNemar's exact two-sided test: the binomial probability, with p = ½, of a split between the networks at
 * least as uneven as the one observed. It is valid for any count, unlike the χ² approximation, which
 * needs about 25. Recommended if the nominal level must not be exceeded (Fagerland, Lydersen and Laake
 * 2013, "The McNemar test for binary matched-pairs data").
 *
 * @param gained images that only the first network classifies correctly
 * @param lost images that only the second network classifies correctly
 * @returns the p-value, 0…1; 1 if there are no such images
 */
export function mcNemar(gained: number, lost: number): number {
  const n = gained + lost;
  const fewer = Math.min(gained, lost);
  // ln(C(n, k) / 2ⁿ) from k = 0 upwards; logarithms avoid overflow and underflow.
  let logTerm = -n * Math.LN2;
  let tail = Math.exp(logTerm);
  for (let k = 1; k <= fewer; k++) {
    logTerm += Math.log((n - k + 1) / k);
    tail += Math.exp(logTerm);
  }
  return Math.min(1, 2 * tail);
}

/**
 * Holm's correction of p-values for multiple comparisons (Holm 1979): the smallest is multiplied by the
 * number of p-values, the next by one less, and so on.
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
