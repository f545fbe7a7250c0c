// How the threads of a run wait for each other: a few shared numbers. The main thread announces a
// step; everyone takes tasks of its stages, and after each waits until all its tasks are done. Nobody
// waits for a thread that the system keeps from running: the others do its tasks, and when it comes
// late it sees by the step's number that there is nothing left for it.

import type { Stage, Step, StepWork } from './step.ts';

/**
 * Looks taken before a thread goes to sleep, a fraction of a millisecond: most waits are shorter, and
 * being woken takes longer.
 */
const looks = 40_000;

/** Numbers in a line of the cache: what one thread counts by is not to be taken from it by another. */
const line = 16;

/**
 * Lines of the shared numbers: steps announced; then for each stage how many tasks are done, and for
 * each thread's share of them how many are taken. All but the first are with the step's number.
 */
export interface Control {
  readonly slots: Int32Array;
  readonly threads: number;
  /** the numbers of the step that is being taken */
  readonly step: Float64Array;
}

const announced = 0;

/** A count goes up to this; above it stands the step's number, as far as there is room for it. */
const countLimit = 1 << 16;

/** Where a step's counts begin. */
function startOf(step: number): number {
  return (step * countLimit) | 0;
}

function doneAt(threads: number, stage: number): number {
  return line * (1 + stage * (threads + 1));
}

function takenAt(threads: number, stage: number, share: number): number {
  return doneAt(threads, stage) + line * (1 + share);
}

export function createControl(stages: number, threads: number): Control {
  const lines = 1 + stages * (threads + 1);
  return {
    slots: new Int32Array(new SharedArrayBuffer(4 * line * lines)),
    threads,
    step: new Float64Array(new SharedArrayBuffer(8 * stepFields.length)),
  };
}

const stepFields = ['first', 'M', 'learningRate', 'count'] as const;

/**
 * Wakes everyone up for a step; all tasks of the one before are done.
 *
 * @returns the step's number
 */
export function announceStep({ slots, step }: Control, values: Step): number {
  for (const [i, field] of stepFields.entries()) step[i] = values[field];
  const start = startOf(slots[announced]! + 1);
  for (let at = line; at < slots.length; at += line) Atomics.store(slots, at, start);
  const number = Atomics.add(slots, announced, 1) + 1;
  Atomics.notify(slots, announced);
  return number;
}

function readStep({ step }: Control): Step {
  const [first, M, learningRate, count] = step;
  return { first: first!, M: M!, learningRate: learningRate!, count: count! };
}

/**
 * Does a thread's share of a stage's tasks, then what others have not come to. The shares are the
 * same in every step, so that a thread finds its arrays in its cache.
 *
 * @param number which step it is, by the count of those announced
 */
export function takeTasks(
  { slots, threads }: Control,
  index: number,
  { countOf, run }: Stage,
  step: Step,
  thread: number,
  number: number,
): void {
  const count = countOf(step);
  const done = doneAt(threads, index);
  for (let i = 0; i < threads; i++) {
    const share = (thread + i) % threads;
    const first = Math.floor((count * share) / threads);
    const length = Math.floor((count * (share + 1)) / threads) - first;
    for (;;) {
      const taken = takeOne(slots, takenAt(threads, index, share), number, length);
      if (taken === null) break;
      run(step, first + taken);
      if (Atomics.add(slots, done, 1) + 1 === ((startOf(number) + count) | 0)) {
        Atomics.notify(slots, done);
      }
    }
  }
}

/** Takes a task of a share; null when there is none left, or the step is over. */
function takeOne(slots: Int32Array, at: number, number: number, length: number): number | null {
  for (;;) {
    const value = Atomics.load(slots, at);
    const taken = (value - startOf(number)) | 0;
    if (taken < 0 || taken >= length) return null;
    if (Atomics.compareExchange(slots, at, value, value + 1) === value) return taken;
  }
}

/**
 * Waits until all tasks of a stage are done, or the step is over.
 *
 * @returns false when `timeoutMs` have passed before
 */
export function waitForTasks(
  { slots, threads }: Control,
  index: number,
  count: number,
  number: number,
  timeoutMs = Number.POSITIVE_INFINITY,
): boolean {
  const place = doneAt(threads, index);
  const missing = (value: number) => {
    const done = (value - startOf(number)) | 0;
    return done >= 0 && done < count;
  };
  if (lookFor(() => !missing(Atomics.load(slots, place)))) return true;
  for (;;) {
    const value = Atomics.load(slots, place);
    if (!missing(value)) return true;
    if (Atomics.wait(slots, place, value, timeoutMs) === 'timed-out') {
      return !missing(Atomics.load(slots, place));
    }
  }
}

function lookFor(condition: () => boolean): boolean {
  for (let look = 0; look < looks; look++) if (condition()) return true;
  return false;
}

/** What every thread but the main one does: step after step, until it is ended. */
export function followSteps(control: Control, work: StepWork, thread: number): never {
  const { slots } = control;
  let seen = 0;
  for (;;) {
    if (!lookFor(() => Atomics.load(slots, announced) !== seen)) {
      Atomics.wait(slots, announced, seen);
    }
    seen = Atomics.load(slots, announced);
    const step = readStep(control);
    for (const [index, stage] of work.entries()) {
      takeTasks(control, index, stage, step, thread, seen);
      waitForTasks(control, index, stage.countOf(step), seen);
    }
  }
}
