// Medians and percentiles of a few hundred figures.

/** @param share 0.5 for the median; the smallest value that so many are not above */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}
