// Synchronisation of the threads by a few shared numbers. The main thread announces a step; every
// thread runs tasks of its stages, and waits after each stage until all its tasks are done. A thread
// that the system does not schedule delays no other: they run its tasks, and when it comes late, the
// step's number in the counters shows that none are left.

import type { Stage, Step } from './stage.ts';

/**
 * Checks before a waiting thread goes to sleep, a fraction of a millisecond: most waits are shorter,
 * and waking up takes longer.
 */
const spinIterations = 40_000;

/** Int32 slots in a cache line: one counter per cache line, to avoid false sharing. */
const slotsPerLine = 16;

/**
 * Shared by all threads. Slots, one per cache line: the number of steps announced; then for each
 * stage the number of tasks done, and for each thread's chunk of them the number claimed. All but the
 * first include the step's number, see `counterStart`.
 */
export interface StepControl {
  readonly slots: Int32Array;
  readonly threads: number;
  /** the fields of the current step, see `stepFields` */
  readonly step: Float64Array;
}

/** One stage of one step. */
export interface StageExecution {
  readonly stage: Stage;
  /** of the stage in the step */
  readonly index: number;
  readonly step: Step;
  /** of the announcement, as `announceStep` returned it; the run's own `step.t` is saved and resumed */
  readonly stepNumber: number;
}

const announcedSlot = 0;

/** The low 16 bits of a counter count tasks; those above hold the step's number, modulo 2¹⁶. */
const stepNumberUnit = 1 << 16;

/** The value of a step's counters when it begins. */
function counterStart(stepNumber: number): number {
  return (stepNumber * stepNumberUnit) | 0;
}

function doneSlot(threads: number, stage: number): number {
  return slotsPerLine * (1 + stage * (threads + 1));
}

function claimedSlot(threads: number, stage: number, chunk: number): number {
  return doneSlot(threads, stage) + slotsPerLine * (1 + chunk);
}

const stepFields = ['firstSample', 'M', 'learningRate', 't'] as const;

export function createStepControl(stages: number, threads: number): StepControl {
  const lines = 1 + stages * (threads + 1);
  return {
    slots: new Int32Array(new SharedArrayBuffer(4 * slotsPerLine * lines)),
    threads,
    step: new Float64Array(new SharedArrayBuffer(8 * stepFields.length)),
  };
}

/**
 * Wakes the other threads up for a step; all tasks of the one before must be done.
 *
 * @returns the step's number
 */
export function announceStep({ slots, step }: StepControl, values: Step): number {
  for (const [i, field] of stepFields.entries()) step[i] = values[field];
  const start = counterStart(slots[announcedSlot]! + 1);
  for (let at = slotsPerLine; at < slots.length; at += slotsPerLine) {
    Atomics.store(slots, at, start);
  }
  const stepNumber = Atomics.add(slots, announcedSlot, 1) + 1;
  Atomics.notify(slots, announcedSlot);
  return stepNumber;
}

function readStep({ step }: StepControl): Step {
  const [firstSample, M, learningRate, t] = step;
  return { firstSample: firstSample!, M: M!, learningRate: learningRate!, t: t! };
}

/**
 * Runs the tasks of a thread's own chunk, then those that are left of the others'. The chunks are the
 * same in every step, so that a thread finds its arrays in its cache.
 */
export function runTasks(
  { slots, threads }: StepControl,
  { stage, index, step, stepNumber }: StageExecution,
  thread: number,
): void {
  const count = stage.countTasks(step);
  const done = doneSlot(threads, index);
  const end = (counterStart(stepNumber) + count) | 0;
  for (let i = 0; i < threads; i++) {
    const chunk = (thread + i) % threads;
    const first = Math.floor((count * chunk) / threads);
    const length = Math.floor((count * (chunk + 1)) / threads) - first;
    const slot = claimedSlot(threads, index, chunk);
    for (;;) {
      const claimed = claimTask(slots, slot, stepNumber, length);
      if (claimed === undefined) break;
      stage.runTask(step, first + claimed);
      if (Atomics.add(slots, done, 1) + 1 === end) Atomics.notify(slots, done);
    }
  }
}

/** The next task of a chunk; undefined when there is none left, or the step is over. */
function claimTask(
  slots: Int32Array,
  slot: number,
  stepNumber: number,
  length: number,
): number | undefined {
  for (;;) {
    const value = Atomics.load(slots, slot);
    const claimed = (value - counterStart(stepNumber)) | 0;
    if (claimed < 0 || claimed >= length) return;
    if (Atomics.compareExchange(slots, slot, value, value + 1) === value) return claimed;
  }
}

/**
 * Waits until all tasks of a stage are done, or the step is over.
 *
 * @returns false when `timeoutMs` have passed before
 */
export function waitForTasks(
  { slots, threads }: StepControl,
  { stage, index, step, stepNumber }: StageExecution,
  timeoutMs = Number.POSITIVE_INFINITY,
): boolean {
  const count = stage.countTasks(step);
  const slot = doneSlot(threads, index);
  const isMissingTasks = (value: number) => {
    const done = (value - counterStart(stepNumber)) | 0;
    return done >= 0 && done < count;
  };
  if (spinUntil(() => !isMissingTasks(Atomics.load(slots, slot)))) return true;
  for (;;) {
    const value = Atomics.load(slots, slot);
    if (!isMissingTasks(value)) return true;
    if (Atomics.wait(slots, slot, value, timeoutMs) === 'timed-out') {
      return !isMissingTasks(Atomics.load(slots, slot));
    }
  }
}

function spinUntil(condition: () => boolean): boolean {
  for (let i = 0; i < spinIterations; i++) if (condition()) return true;
  return false;
}

/** Runs a worker thread's part of step after step, until the thread is terminated. */
export function workerLoop(control: StepControl, stages: readonly Stage[], thread: number): never {
  const { slots } = control;
  let stepNumber = 0;
  for (;;) {
    const isAnnounced = () => Atomics.load(slots, announcedSlot) !== stepNumber;
    if (!spinUntil(isAnnounced)) Atomics.wait(slots, announcedSlot, stepNumber);
    stepNumber = Atomics.load(slots, announcedSlot);
    const step = readStep(control);
    for (const [index, stage] of stages.entries()) {
      const execution = { stage, index, step, stepNumber };
      runTasks(control, execution, thread);
      waitForTasks(control, execution);
    }
  }
}
