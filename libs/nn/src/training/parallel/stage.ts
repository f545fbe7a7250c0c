// Stages: the parts of a training step, which run one after another. The threads share the tasks of a
// stage. No two tasks write to the same address, and none adds to the result of another, so that results
// do not depend on the number of threads.

import { panelWidth } from '../../engine/kernels/panels.ts';

/** The parameters of one training step, plain numbers that all threads read. */
export interface Step {
  /** index of the batch's first image in the epoch's order */
  readonly firstSample: number;
  /** rows of the batch */
  readonly M: number;
  readonly learningRate: number;
  /** number of this step in the run, from 1: the t of Adam's bias correction */
  readonly t: number;
}

/**
 * A part of a step with tasks 0 … count − 1. Consecutive tasks access adjacent memory: each thread runs a
 * contiguous chunk, the same in every step, whose arrays stay in its cache.
 */
export interface Stage {
  readonly countTasks: (step: Step) => number;
  readonly runTask: (step: Step, task: number) => void;
}

/** A task of a stage that has the same tasks in every step. */
export type Task = (step: Step) => void;

/** Creates a stage that has the same tasks in every step. */
export function createTaskStage(tasks: readonly Task[]): Stage {
  return { countTasks: () => tasks.length, runTask: (step, task) => tasks[task]!(step) };
}

/** Rows firstRow … firstRow + rows − 1 of a batch. */
export interface RowRange {
  readonly firstRow: number;
  readonly rows: number;
}

/** Computes some rows of the batch from the same rows of its inputs. */
export type RowOperation = (range: RowRange, step: Step) => void;

/** Rows per task in stages that compute each row independently. */
const rowsPerTask = 16;

/** Creates a stage whose tasks apply all operations to some rows of the batch. */
export function createRowStage(operations: readonly RowOperation[]): Stage {
  return {
    countTasks: ({ M }) => Math.ceil(M / rowsPerTask),
    runTask(step, task) {
      const firstRow = task * rowsPerTask;
      const range = { firstRow, rows: Math.min(rowsPerTask, step.M - firstRow) };
      for (const operation of operations) operation(range, step);
    },
  };
}

/** Columns firstColumn … endColumn − 1 of a matrix in panels. */
export interface ColumnBlock {
  readonly firstColumn: number;
  readonly endColumn: number;
  readonly panelCount: number;
}

/** Panels of a layer per task of the forward or backward pass. */
export const panelsPerTask = 4;

/** Splits columns into blocks, one for each task of a stage. */
export function columnBlocksOf(columns: number): ColumnBlock[] {
  const columnsPerTask = panelsPerTask * panelWidth;
  return Array.from({ length: Math.ceil(columns / columnsPerTask) }, (_, task) => {
    const firstColumn = task * columnsPerTask;
    const endColumn = Math.min(columns, firstColumn + columnsPerTask);
    return { firstColumn, endColumn, panelCount: (endColumn - firstColumn) / panelWidth };
  });
}

/** Merges stages that do not depend on each other into one. */
export function mergeStages(stages: readonly Stage[]): Stage {
  if (stages.length === 1) return stages[0]!;
  return {
    countTasks: step => stages.reduce((sum, { countTasks }) => sum + countTasks(step), 0),
    runTask(step, task) {
      let rest = task;
      for (const { countTasks, runTask } of stages) {
        const count = countTasks(step);
        if (rest < count) return runTask(step, rest);
        rest -= count;
      }
    },
  };
}
