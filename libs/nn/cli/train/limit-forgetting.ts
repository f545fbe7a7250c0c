// Limits what fine-tuning forgets: the result is moved back towards the champion's weights until the
// validation images are classified about as well as before. Only the images count: drawn samples
// improve with any training and would hide the loss. See docs/experiments.md for the measurements.

import { firstSamples, type Samples } from '../../src/data/samples.ts';
import { percent } from '../../src/evaluation/metrics/format.ts';
import { createLogitsOf, measure } from '../../src/evaluation/metrics/measure.ts';
import type { LoadedModel } from '../../src/registry/champion.ts';
import type { DoneEvent } from '../../src/training/events.ts';
import { interpolateWeights } from '../../src/training/interpolate-weights.ts';
import type { TrainingData } from './load-training-data.ts';

/** Largest loss of validation accuracy: half of what the gate allows, as the test images differ. */
const maxAccuracyLoss = 0.0005;

/** Fraction of the corrections learnt by the tuned network that the result must keep. */
const minKeptFraction = 0.9;

export interface LimitedTraining {
  readonly done: DoneEvent;
  /** weight of the tuned network in the result, the champion's is the rest; undefined for no champion */
  readonly tunedWeight: number | undefined;
}

/** What the result is measured on. */
export interface ForgettingData extends Pick<TrainingData, 'validation' | 'validationImages'> {
  /** undefined where none are learnt */
  readonly corrections: Samples | undefined;
}

/**
 * @param done its network is changed in place
 * @param champion that the training started from; undefined for random weights: nothing is changed then
 */
export function limitForgetting(
  done: DoneEvent,
  champion: LoadedModel | undefined,
  { validation, validationImages, corrections }: ForgettingData,
  print: (line: string) => void,
): LimitedTraining {
  if (!champion) return { done, tunedWeight: undefined };
  const { network } = champion.model;
  const images = firstSamples(validation, validationImages);
  const before = measure(createLogitsOf(network)(images), images.labels);
  const logitsOf = createLogitsOf(done.network);
  const countLearnt = () =>
    corrections ? measure(logitsOf(corrections), corrections.labels).correct : 0;
  const learnt = countLearnt();
  const tunedWeight = interpolateWeights(done.network, network, {
    forgetsTooMuch: () => {
      const { accuracy, loss } = measure(logitsOf(images), images.labels);
      return accuracy < before.accuracy - maxAccuracyLoss || loss > before.loss;
    },
    keepsLearning: () => countLearnt() >= minKeptFraction * learnt,
  });
  const after = measure(logitsOf(images), images.labels);
  print(
    `Validation images: ${percent(before.accuracy)} before, ${percent(after.accuracy)} with ` +
      `${percent(tunedWeight, 0)} of the new weights and the rest of the old.`,
  );
  const measured = measure(logitsOf(validation), validation.labels);
  return { done: { ...done, validation: measured }, tunedWeight };
}
