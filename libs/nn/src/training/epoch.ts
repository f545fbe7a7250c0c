// Runs one epoch of a training run: its batches in random order, then the validation.

import { setImmediate as nextTurn } from 'node:timers/promises';
import { createElasticField, drawAugmentations } from '../data/augment/augment.ts';
import { shuffledOrder } from '../data/samples.ts';
import { Random } from '../engine/random.ts';
import { measure } from '../evaluation/metrics/measure.ts';
import type { Phase } from './configuration.ts';
import type { EpochEvent, TrainingEvent, ValidationEvent } from './events.ts';
import type { Step } from './parallel/stage.ts';
import {
  checkpointOf,
  divergenceOf,
  networkIfWanted,
  positionOf,
  type TrainingRun,
  updateState,
} from './run.ts';
import { learningRateAt } from './schedule.ts';
import { copyParameters, resultOf, streams } from './state.ts';

/**
 * Runs the remaining steps of the current epoch. The order of the images depends only on the seed and the
 * epoch.
 *
 * @throws what `train` throws, after a `checkpoint` unless the loss diverged
 */
export async function* trainEpoch(
  run: TrainingRun,
  phase: Phase,
): AsyncGenerator<TrainingEvent, void> {
  const { signal, state, memory } = run;
  const { progress } = state;
  const progressBefore = structuredClone(progress);
  prepareEpoch(run);
  const batches = batchesOf(run, phase);
  while (progress.batch < batches) {
    const position = positionOf(run);
    if (signal?.aborted) {
      updateState(run);
      yield checkpointOf(run, position);
      throw signal.reason;
    }
    const step = nextStep(run, phase);
    const images = step.M;
    try {
      await takeStep(run, step);
    } catch (error) {
      // The threads' arrays are undefined now, but the state is still that of the epoch's beginning.
      Object.assign(progress, progressBefore);
      yield checkpointOf(run, position);
      throw error;
    }
    const loss = sumOf(memory.batch.losses.subarray(0, images));
    if (!Number.isFinite(loss)) throw divergenceOf(loss, position, step.learningRate);
    progress.step++;
    progress.batch++;
    progress.lossSum += loss;
    const { batch } = progress;
    yield { type: 'batch', ...position, batch, batches, images, loss: loss / images };
    yield* networkIfWanted(run, position);
    await nextTurn();
  }
}

/** Validates after the last batch of an epoch, and advances the progress to the next epoch. */
export function* finishEpoch(
  run: TrainingRun,
  phase: Phase,
): Generator<EpochEvent | ValidationEvent, void> {
  const { state, training, validation, logitsOf } = run;
  const { progress } = state;
  updateState(run);
  const position = positionOf(run);
  const logits = logitsOf(validation);
  const measured = measure(logits, validation.labels);
  const event: EpochEvent = {
    type: 'epoch',
    ...position,
    loss: progress.lossSum / training.count,
    learningRate: learningRateOf(run, phase, progress.batch - 1),
    validation: measured,
  };
  progress.history.push(event);
  progress.epoch++;
  progress.batch = 0;
  progress.lossSum = 0;
  progress.epochsSinceBest++;
  if (measured.accuracy > progress.bestAccuracy) {
    progress.bestAccuracy = measured.accuracy;
    progress.epochsSinceBest = 0;
    if (state.best) copyParameters(state.best, resultOf(state));
  }
  yield event;
  yield { type: 'validation', ...position, logits };
}

/** Draws the order of the epoch's images and the displacement field for all of its batches. */
function prepareEpoch({ seed, training, configuration, state, memory }: TrainingRun): void {
  const epochs = state.progress.history.length;
  const { source } = memory;
  source.order.set(shuffledOrder(training.count, new Random(seed, streams.order, epochs)));
  const { augmentation } = configuration;
  const field =
    augmentation && createElasticField(augmentation, new Random(seed, streams.field, epochs));
  if (!field || !source.field) return;
  source.field.dx.set(field.dx);
  source.field.dy.set(field.dy);
}

function nextStep(run: TrainingRun, phase: Phase): Step {
  const { batch, step } = run.state.progress;
  const firstSample = batch * phase.batchSize;
  return {
    firstSample,
    M: Math.min(phase.batchSize, run.training.count - firstSample),
    learningRate: learningRateOf(run, phase, batch),
    t: step + 1,
  };
}

async function takeStep(run: TrainingRun, step: Step): Promise<void> {
  const { seed, configuration, memory, pool, state, training } = run;
  const { augmentation } = configuration;
  if (augmentation) {
    const { history, batch } = state.progress;
    const random = new Random(seed, streams.batch, history.length, batch);
    const { order, augmentations } = memory.source;
    const chosen = order.subarray(step.firstSample, step.firstSample + step.M);
    const labels = Uint8Array.from(chosen, i => training.labels[i]!);
    drawAugmentations(augmentations, labels, augmentation, random);
  }
  await pool.runStep(step);
}

/** The learning rate of a batch, counted from 0 in the current epoch. */
function learningRateOf(run: TrainingRun, phase: Phase, batch: number): number {
  const batches = batchesOf(run, phase);
  const { epoch } = run.state.progress;
  const progress = (epoch * batches + batch) / (phase.epochs * batches);
  return learningRateAt(phase.learningRate, phase.schedule, progress);
}

function batchesOf({ training }: TrainingRun, { batchSize }: Phase): number {
  return Math.ceil(training.count / batchSize);
}

function sumOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
