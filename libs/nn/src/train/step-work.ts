// What one thread of a run can do in each stage of a step.
import { createPass } from './pass.ts';
import type { SharedRun } from './shared-run.ts';
import type { StepWork } from './step.ts';
import { createUpdate } from './update.ts';

/** @param thread which of the run's threads this is, from 0 */
export function createStepWork(run: SharedRun, thread: number): StepWork {
  return { pass: createPass(run), update: createUpdate(run, thread) };
}
