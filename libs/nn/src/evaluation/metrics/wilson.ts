// How far a measured share can be from the true one.

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** The 97.5 % quantile of the normal distribution, which leaves 95 % between the two sides. */
const z = 1.959963984540054;

/**
 * The 95 % score interval of a share (Wilson 1927), which, unlike p ± z·√(p(1 − p)/n), stays within
 * 0…1 and holds near 0 and 1, where accuracies are:
 * (p + z²/2n ± z·√(p(1 − p)/n + z²/4n²)) / (1 + z²/n)
 *
 * @param count at least 1
 */
export function wilsonInterval(successes: number, count: number): Interval {
  const p = successes / count;
  const centre = p + (z * z) / (2 * count);
  const margin = z * Math.sqrt((p * (1 - p)) / count + (z * z) / (4 * count * count));
  const scale = 1 + (z * z) / count;
  return {
    low: Math.max(0, (centre - margin) / scale),
    high: Math.min(1, (centre + margin) / scale),
  };
}
