// Measurements with all values, median, spread and goal, and the session in which they are taken.

import { setImmediate as nextTurn } from 'node:timers/promises';

/** A bound for the median. */
export type Goal = { readonly atMost: number } | { readonly atLeast: number };

/** The values of one figure in all runs. */
export interface BenchMeasurement {
  readonly name: string;
  readonly unit: string;
  readonly median: number;
  readonly min: number;
  readonly max: number;
  /** one value per run, in order */
  readonly values: readonly number[];
  /** null if there is none */
  readonly goal: Goal | null;
}

/** Creates a measurement. @param values at least one */
export function measurement(
  name: string,
  unit: string,
  values: readonly number[],
  goal: Goal | null = null,
): BenchMeasurement {
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

/** The median; of an even number of values, the mean of the middle two. */
export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle) - 1]!) / 2;
}

/** Whether the median is within the goal. */
export function meetsGoal({ median }: BenchMeasurement, goal: Goal): boolean {
  return 'atMost' in goal ? median <= goal.atMost : median >= goal.atLeast;
}

/**
 * The ratios of two series run by run, which cancel disturbances that affect both.
 */
export function ratiosOf(values: readonly number[], others: readonly number[]): number[] {
  return values.map((value, run) => value / others[run]!);
}

/** The number of runs, the progress callback and the abort signal of a benchmark. */
export interface Session {
  /** number of values per measurement */
  readonly runs: number;
  readonly signal: AbortSignal;
  /** called before each measurement with its name and the number of its run, from 1 */
  readonly progress: (what: string, run: number) => void;
}

/** A figure that is sampled in every run. */
export interface SampledSeries {
  readonly name: string;
  /** @param run from 1 */
  readonly sample: (run: number) => number | Promise<number>;
  /** one per run, in order */
  readonly values: number[];
}

/**
 * Takes a sample of every series in each run, so that other load of the machine affects all of them.
 *
 * @throws the signal's reason when it is aborted
 */
export async function sampleInTurn(
  session: Session,
  series: readonly SampledSeries[],
): Promise<void> {
  for (let run = 1; run <= session.runs; run++) {
    for (const { name, sample, values } of series) {
      await announce(session, name, run);
      values.push(await sample(run));
    }
  }
}

/**
 * Reports the next measurement and yields to the event loop, so that signals are handled.
 *
 * @throws the signal's reason when it is aborted
 */
export async function announce(session: Session, what: string, run: number): Promise<void> {
  session.progress(what, run);
  await nextTurn();
  session.signal.throwIfAborted();
}
