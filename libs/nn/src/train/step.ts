// One training step as work for several threads. It has two stages, with everyone together between
// them: `pass` takes rows of the batch through the network and back, `update` takes rows of the
// weights through gradient, optimizer and average. No two tasks of a stage write to the same place,
// and none adds to what another computes, so that the result does not hang on who did what.

/** What a step is about: plain numbers that all threads read. */
export interface Step {
  /** where the batch begins in the epoch's order */
  readonly first: number;
  /** rows of the batch */
  readonly M: number;
  readonly learningRate: number;
  /** which step of the run this is, from 1 */
  readonly count: number;
  /** epochs finished before this one, and batches in this one: they name random streams */
  readonly epochs: number;
  readonly batch: number;
}

export const stages = ['pass', 'update'] as const;
export type Stage = (typeof stages)[number];

export interface StageWork {
  readonly countOf: (step: Step) => number;
  readonly run: (step: Step, task: number) => void;
}

export type StepWork = Readonly<Record<Stage, StageWork>>;
