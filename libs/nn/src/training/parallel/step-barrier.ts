// Synchronises the threads with a few shared counters. The main thread announces a step; each thread runs
// tasks of every stage and waits until all tasks of the stage are done. If the system does not schedule a
// thread, the others run its tasks, and the step number in the counters tells it later that none are left.

import type { Stage, Step } from './stage.ts';

/**
 * Iterations of spinning before a waiting thread sleeps, a fraction of a millisecond: most waits are
 * shorter, and waking up takes longer.
 */
const spinIterations = 40_000;

/** Int32 slots in a cache line: one counter per cache line, to avoid false sharing. */
const slotsPerLine = 16;

/**
 * The memory shared by all threads. Slots, one per cache line: the number of announced steps; then for each
 * stage the number of completed tasks, and for each thread's chunk the number of claimed tasks. All but
 * the first include the step number, see `counterStart`.
 */
export interface StepControl {
  readonly slots: Int32Array;
  readonly threads: number;
  /** the fields of the current step, see `stepFields` */
  readonly step: Float64Array;
}

/** The execution of one stage in one step. */
export interface StageExecution {
  readonly stage: Stage;
  /** index of the stage in the step */
  readonly index: number;
  readonly step: Step;
  /** number of the announcement, from `announceStep`; unlike `step.t` it starts over when a run is resumed */
  readonly stepNumber: number;
}

const announcedSlot = 0;

/** The low 16 bits of a counter count tasks; those above hold the step's number, modulo 2¹⁶. */
const stepNumberUnit = 1 << 16;

/** The value of a step's counters at its beginning. */
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

/** Allocates the shared memory of the threads. */
export function createStepControl(stages: number, threads: number): StepControl {
  const lines = 1 + stages * (threads + 1);
  return {
    slots: new Int32Array(new SharedArrayBuffer(4 * slotsPerLine * lines)),
    threads,
    step: new Float64Array(new SharedArrayBuffer(8 * stepFields.length)),
  };
}

/**
 * Announces a step and wakes the other threads. All tasks of the previous step must be done.
 *
 * @returns the step number
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
 * Runs the tasks of a thread's own chunk, then the remaining tasks of the others'. The chunks are the same in
 * every step, so that a thread's arrays stay in its cache.
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

/** Claims the next task of a chunk; undefined if none is left or the step is over. */
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
 * @returns false after `timeoutMs`
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

/** The loop of a worker thread: runs its part of every announced step until it is terminated. */
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
