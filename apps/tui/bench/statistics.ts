// Percentiles of a few hundred values.

/** @param fraction 0.5 for the median. @returns the smallest value that this fraction does not exceed */
export function percentile(values: readonly number[], fraction: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(fraction * sorted.length) - 1)] ?? Number.NaN;
}
