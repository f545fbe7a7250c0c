// Whether two networks that read the same pictures differ by more than chance (McNemar 1947): the
// pictures that both read right or both wrong say nothing; of the others each should win half.

/**
 * The exact two-sided test: the probability that a fair coin, thrown once for each picture that
 * only one of the two reads right, falls as unevenly as this or more. Exact at any number, where
 * the usual χ² needs some 25 (Fagerland, Lydersen and Laake 2013, "The McNemar test for binary
 * matched-pairs data", recommend it where no error above the nominal one is to be borne).
 *
 * @param gained pictures that only the one reads right
 * @param lost pictures that only the other reads right
 * @returns 0…1; 1 where there is nothing to tell them apart
 */
export function mcNemar(gained: number, lost: number): number {
  const n = gained + lost;
  const fewer = Math.min(gained, lost);
  // ln of C(n, k) / 2ⁿ, from k = 0 upwards, so that no factor over- or underflows.
  let logTerm = -n * Math.LN2;
  let tail = Math.exp(logTerm);
  for (let k = 1; k <= fewer; k++) {
    logTerm += Math.log((n - k + 1) / k);
    tail += Math.exp(logTerm);
  }
  return Math.min(1, 2 * tail);
}

/**
 * What remains of each p-value when so many questions are asked at once that one of them is likely
 * to come out by chance (Holm 1979): the smallest times their number, the next times one less, …
 *
 * @returns as many, in their order, each at least what it was
 */
export function holm(values: readonly number[]): number[] {
  const order = [...values.keys()].sort((a, b) => values[a]! - values[b]!);
  const adjusted = new Array<number>(values.length);
  let least = 0;
  for (const [rank, index] of order.entries()) {
    least = Math.max(least, Math.min(1, (values.length - rank) * values[index]!));
    adjusted[index] = least;
  }
  return adjusted;
}
