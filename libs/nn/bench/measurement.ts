// What a benchmark measured: every value, their median and spread, and the figure to reach.

export type Goal = { readonly atMost: number } | { readonly atLeast: number };

export interface Measurement {
  readonly name: string;
  readonly unit: string;
  readonly median: number;
  readonly min: number;
  readonly max: number;
  /** one value a run, in order */
  readonly values: readonly number[];
  /** the figure to reach, where there is one */
  readonly goal: Goal | null;
}

/** @param values at least one */
export function measurement(
  name: string,
  unit: string,
  values: readonly number[],
  goal: Goal | null = null,
): Measurement {
  return {
    name,
    unit,
    median: medianOf(values),
    min: Math.min(...values),
    max: Math.max(...values),
    values,
    goal,
  };
}

/** Of an even number of values, the mean of the two in the middle. */
export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle) - 1]!) / 2;
}

export function meetsGoal({ median }: Measurement, goal: Goal): boolean {
  return 'atMost' in goal ? median <= goal.atMost : median >= goal.atLeast;
}

/**
 * How many times as large the first values are as the second, run by run: what two neighbours had
 * to share of the machine cancels.
 */
export function ratiosOf(values: readonly number[], others: readonly number[]): number[] {
  return values.map((value, run) => value / others[run]!);
}
