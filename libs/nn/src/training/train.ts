// Mini-batch training as an asynchronous generator that yields events and prints nothing.

import { measure } from '../evaluation/metrics/measure.ts';
import { finishEpoch, trainEpoch } from './epoch.ts';
import type { DoneEvent, TrainingEvent } from './events.ts';
import type { TrainingOptions } from './options.ts';
import {
  checkpointOf,
  createTrainingRun,
  isStoppedEarly,
  networkIfWanted,
  positionOf,
  type TrainingRun,
} from './run.ts';
import { copyParameters, resultOf } from './state.ts';

/**
 * Trains a network, phase after phase. Yields an event for each phase, batch and epoch, the
 * `validation` logits and a `checkpoint` after every epoch, and finally `done` with the network. The event loop
 * runs between batches; a consumer pauses the training by not requesting the next event. The same options give
 * bit-identical weights on any number of threads, also if the run is interrupted and resumed.
 *
 * @throws NnError `training-diverged` if the loss is no longer finite; `checkpoint-mismatch` or
 * `checkpoint-corrupt` if `resume` is not a checkpoint of this run; `invalid-options` for several
 * threads without shared kernels; `thread-lost` if a thread ends unexpectedly, after a `checkpoint` of the
 * state at the beginning of the epoch
 * @throws the signal's reason when it is aborted, after a last `checkpoint`
 */
export async function* train(options: TrainingOptions): AsyncGenerator<TrainingEvent, void> {
  const run = createTrainingRun(options);
  try {
    await run.pool.ready;
    yield* trainPhases(run);
  } finally {
    await run.pool.stop();
  }
}

/**
 * Trains a network without reporting the progress.
 *
 * @returns the last event, with the network
 * @throws what `train` throws
 */
export async function trainToEnd(options: TrainingOptions): Promise<DoneEvent> {
  let done: DoneEvent | undefined;
  for await (const event of train(options)) if (event.type === 'done') done = event;
  return done!;
}

async function* trainPhases(run: TrainingRun): AsyncGenerator<TrainingEvent, void> {
  const { state, configuration, validation } = run;
  const { phases } = configuration;
  const { progress } = state;
  if (progress.phase < phases.length) yield* networkIfWanted(run, positionOf(run));
  while (progress.phase < phases.length && !isStoppedEarly(run)) {
    const phase = phases[progress.phase]!;
    yield { type: 'phase', phase: progress.phase + 1, phases: phases.length, ...phase };
    while (progress.epoch < phase.epochs && !isStoppedEarly(run)) {
      yield* trainEpoch(run, phase);
      yield* finishEpoch(run, phase);
      yield checkpointOf(run, positionOf(run));
    }
    progress.phase++;
    progress.epoch = 0;
  }
  const network = resultOf(state);
  if (state.best) copyParameters(network, state.best);
  const measured = measure(run.logitsOf(validation), validation.labels);
  yield { type: 'done', network, validation: measured, history: progress.history };
}
