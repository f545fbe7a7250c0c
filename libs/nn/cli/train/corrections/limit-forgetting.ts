// Limits forgetting in fine-tuning: moves the weights back towards the champion's until the validation
// images are classified about as well as before. Rendered samples are not counted, because they improve
// with any training and would hide the loss (docs/experiments.md).

import { firstSamples, type Samples } from '../../../src/data/samples.ts';
import { percent } from '../../../src/evaluation/metrics/format.ts';
import { createLogitsOf, measure } from '../../../src/evaluation/metrics/measure.ts';
import type { LoadedModel } from '../../../src/registry/champion.ts';
import type { DoneEvent } from '../../../src/training/events.ts';
import { interpolateWeights } from '../../../src/training/interpolate-weights.ts';
import type { TrainingData } from '../data/load-training-data.ts';

/** Maximum loss of validation accuracy: half of the gate's limit, as test images may lose more. */
const maxAccuracyLoss = 0.0005;

/** Minimum fraction of the corrections learnt by the tuned network that the result retains. */
const minKeptFraction = 0.9;

/** A training after interpolation of its weights. */
export interface LimitedTraining {
  readonly done: DoneEvent;
  /** weight of the tuned network in the interpolation; undefined without a champion */
  readonly tunedWeight: number | undefined;
}

/** The data that the limit is measured on. */
export interface ForgettingData extends Pick<TrainingData, 'validation' | 'validationImages'> {
  /** corrections that were trained on; undefined without --feedback */
  readonly corrections: Samples | undefined;
}

/**
 * Interpolates the weights as far as the limit requires.
 *
 * @param done its network is changed in place
 * @param champion that the training started from; if undefined, nothing is changed
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
    exceedsForgettingLimit: () => {
      const { accuracy, loss } = measure(logitsOf(images), images.labels);
      return accuracy < before.accuracy - maxAccuracyLoss || loss > before.loss;
    },
    retainsLearning: () => countLearnt() >= minKeptFraction * learnt,
  });
  const after = measure(logitsOf(images), images.labels);
  print(
    `Validation images: ${percent(before.accuracy)} before, ${percent(after.accuracy)} with ` +
      `${percent(tunedWeight, 0)} of the new weights and the rest of the old.`,
  );
  const measured = measure(logitsOf(validation), validation.labels);
  return { done: { ...done, validation: measured }, tunedWeight };
}
