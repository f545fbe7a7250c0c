// How well a score tells two kinds of pictures apart, whatever threshold is chosen, and at one.

/**
 * The area under the receiver operating characteristic: the probability that a random picture of
 * `wanted` scores higher than a random one of `unwanted`, equal scores counting half. By ranks:
 * (Σ ranks of wanted − n(n + 1)/2) / (n · m), tied scores having the mean of their ranks
 * (Mann and Whitney 1947; Hanley and McNeil 1982).
 *
 * @param wanted at least one, no NaN
 * @param unwanted likewise
 * @returns 0…1; ½ for a score that tells nothing
 */
export function areaUnderCurve(wanted: Float64Array, unwanted: Float64Array): number {
  const [high, low] = [wanted.toSorted(), unwanted.toSorted()];
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
 * The score below which no more than this share of the pictures lies.
 *
 * @param scores at least one, no NaN
 * @param share 0…1 exclusive
 */
export function lowerQuantile(scores: Float64Array, share: number): number {
  return scores.toSorted()[Math.floor(share * scores.length)]!;
}

/** Of the pictures, the share that scores below the threshold. */
export function fractionBelow(scores: Float64Array, threshold: number): number {
  let count = 0;
  for (const score of scores) if (score < threshold) count++;
  return count / scores.length;
}
