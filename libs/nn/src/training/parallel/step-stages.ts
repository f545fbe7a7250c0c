// What one thread of a run can do in each stage of a step: pictures in, forward through the hidden
// layers, the last layer and the loss, back through the hidden layers, and the update.

import { createTeachersStages } from './distillation.ts';
import { createBackwardStage, createForwardStage } from './hidden.ts';
import { createPictureStages } from './input.ts';
import { createLossStage } from './loss.ts';
import type { SharedRun } from './shared-run.ts';
import { type Stage, type StepWork, together } from './step.ts';
import { createUpdateStage } from './update.ts';

/** @param thread which of the run's threads this is, from 0 */
export function createStepWork(run: SharedRun, thread: number): StepWork {
  const hidden = run.layers.slice(1).map((_, i) => i);
  return [
    ...createPictureStages(run),
    ...forwardStages(run),
    createLossStage(run),
    // The last hidden layer's gradient comes with the loss.
    ...hidden
      .slice(1)
      .toReversed()
      .map(i => createBackwardStage(run, i)),
    createUpdateStage(run, thread),
  ];
}

/** The network and its teachers layer by layer: none of them waits for another. */
function forwardStages(run: SharedRun): Stage[] {
  const own = run.layers.slice(1).map((_, i) => createForwardStage(run, i));
  const taught = createTeachersStages(run);
  return Array.from({ length: Math.max(own.length, taught.length) }, (_, i) =>
    together([own[i], taught[i]].filter(stage => stage !== undefined)),
  );
}
