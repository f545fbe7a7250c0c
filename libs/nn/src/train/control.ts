// How the threads of a run wait for each other: a few shared numbers. The main thread announces a
// stage; everyone takes tasks off one counter until there are none, and says so.
import { type Stage, type Step, type StepWork, stages } from './step.ts';

/** Looks taken before a thread goes to sleep: waking one costs more than most waits are long. */
const looks = 20_000;

const slots = { announced: 0, stage: 1, taken: 2, finished: 3 } as const;

export interface Control {
  readonly slots: Int32Array;
  /** the numbers of the step that is being taken */
  readonly step: Float64Array;
}

export function createControl(): Control {
  return {
    slots: new Int32Array(new SharedArrayBuffer(4 * Object.keys(slots).length)),
    step: new Float64Array(new SharedArrayBuffer(8 * stepFields.length)),
  };
}

const stepFields = ['first', 'M', 'learningRate', 'count', 'epochs', 'batch'] as const;

export function writeStep({ step }: Control, values: Step): void {
  for (const [i, field] of stepFields.entries()) step[i] = values[field];
}

function readStep({ step }: Control): Step {
  const [first, M, learningRate, count, epochs, batch] = step;
  return {
    first: first!,
    M: M!,
    learningRate: learningRate!,
    count: count!,
    epochs: epochs!,
    batch: batch!,
  };
}

export function announceStage({ slots: shared }: Control, stage: Stage): void {
  Atomics.store(shared, slots.taken, 0);
  Atomics.store(shared, slots.finished, 0);
  Atomics.store(shared, slots.stage, stages.indexOf(stage));
  Atomics.add(shared, slots.announced, 1);
  Atomics.notify(shared, slots.announced);
}

/** Does tasks of the announced stage for as long as there are any. */
export function takeTasks(control: Control, work: StepWork, stage: Stage): void {
  const step = readStep(control);
  const { countOf, run } = work[stage];
  const count = countOf(step);
  for (;;) {
    const task = Atomics.add(control.slots, slots.taken, 1);
    if (task >= count) return;
    run(step, task);
  }
}

/**
 * Waits until that many other threads have finished the stage.
 *
 * @returns false when `timeoutMs` have passed before
 */
export function waitForFinish(
  { slots: shared }: Control,
  others: number,
  timeoutMs: number,
): boolean {
  for (let look = 0; look < looks; look++) {
    if (Atomics.load(shared, slots.finished) === others) return true;
  }
  const finished = Atomics.load(shared, slots.finished);
  if (finished === others) return true;
  Atomics.wait(shared, slots.finished, finished, timeoutMs);
  return Atomics.load(shared, slots.finished) === others;
}

/** What every thread but the main one does: stage after stage, until it is ended. */
export function followStages(control: Control, work: StepWork): never {
  const shared = control.slots;
  let seen = 0;
  for (;;) {
    for (let look = 0; look < looks; look++) {
      if (Atomics.load(shared, slots.announced) !== seen) break;
    }
    Atomics.wait(shared, slots.announced, seen);
    seen = Atomics.load(shared, slots.announced);
    takeTasks(control, work, stages[Atomics.load(shared, slots.stage)]!);
    Atomics.add(shared, slots.finished, 1);
    Atomics.notify(shared, slots.finished);
  }
}
