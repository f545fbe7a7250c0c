// Measures how well a score separates two kinds of images: over all thresholds, and at one threshold.

/**
 * The area under the receiver operating characteristic (AUROC): the probability that a random image of
 * `positives` scores higher than a random one of `negatives`; ties count half. Computed from ranks:
 * (Σ ranks of positives − n(n + 1)/2) / (n · m), where tied scores get the mean of their ranks
 * (Mann and Whitney 1947; Hanley and McNeil 1982).
 *
 * @param positives at least one, no NaN
 * @param negatives likewise
 * @returns 0…1; ½ for a score that does not separate them
 */
export function areaUnderCurve(positives: Float64Array, negatives: Float64Array): number {
  const [high, low] = [positives.toSorted(), negatives.toSorted()];
  let below = 0;
  let upTo = 0;
  let wins = 0;
  for (const score of high) {
    while (below < low.length && low[below]! < score) below++;
    while (upTo < low.length && low[upTo]! <= score) upTo++;
    wins += (below + upTo) / 2;
  }
  return wins / (high.length * low.length);
}

/**
 * The quantile of the scores: at most this fraction of them is below it.
 *
 * @param scores at least one, no NaN
 * @param fraction 0…1 exclusive
 */
export function lowerQuantile(scores: Float64Array, fraction: number): number {
  return scores.toSorted()[Math.floor(fraction * scores.length)]!;
}

/** The fraction of the scores that are below the threshold. */
export function fractionBelow(scores: Float64Array, threshold: number): number {
  let count = 0;
  for (const score of scores) if (score < threshold) count++;
  return count / scores.length;
}
