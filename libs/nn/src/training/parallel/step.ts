// One training step as work for several threads: stages, with everyone together after each. No two
// tasks of a stage write to the same place, and none adds to what another computes, so that the
// result does not hang on who did what.

/** What a step is about: plain numbers that all threads read. */
export interface Step {
  /** where the batch begins in the epoch's order */
  readonly first: number;
  /** rows of the batch */
  readonly M: number;
  readonly learningRate: number;
  /** which step of the run this is, from 1 */
  readonly count: number;
}

/**
 * Tasks 0 … count − 1, in an order that belongs to arrays: each thread takes a run of neighbours, the
 * same in every step, so that what they work on stays in its cache.
 */
export interface Stage {
  readonly countOf: (step: Step) => number;
  readonly run: (step: Step, task: number) => void;
}

/** The stages of a step, in order. */
export type StepWork = readonly Stage[];

/** One stage with the tasks of several. */
export function together(stages: readonly Stage[]): Stage {
  if (stages.length === 1) return stages[0]!;
  return {
    countOf: step => stages.reduce((sum, { countOf }) => sum + countOf(step), 0),
    run(step, task) {
      let rest = task;
      for (const { countOf, run } of stages) {
        const count = countOf(step);
        if (rest < count) return run(step, rest);
        rest -= count;
      }
    },
  };
}
