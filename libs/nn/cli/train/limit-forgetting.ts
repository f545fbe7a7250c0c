// What fine-tuning may cost: validation images that the champion reads and its pupil does not, or that
// it is less sure of. The images alone, as drawn pictures gain by any training, and would hide it. Of a
// good champion's five thousand so few are wrong that their number says little; their cross-entropy falls
// on the way to the pupil, then rises, and is the champion's again where the test images are read as
// before: 99.53 % at 0.7 of the new weights of one pupil, 99.42 % at all of them.

import { firstSamples, type Samples } from '../../src/data/samples.ts';
import { percent } from '../../src/evaluation/metrics/format.ts';
import { createLogitsOf, measure } from '../../src/evaluation/metrics/measure.ts';
import type { DoneEvent } from '../../src/training/events.ts';
import { interpolateWeights } from '../../src/training/interpolate-weights.ts';
import type { TrainingData } from './load-training-data.ts';
import type { TrainingPlan } from './plan.ts';

/** Half of what the gate lets pass: the test images are others. */
const mostForgotten = 0.0005;

/** Of the corrections that the trained network reads, so many are to be read in the end. */
const leastKept = 0.9;

export interface KeptTraining {
  readonly done: DoneEvent;
  /** of the trained weights in the result, the rest is the champion's; null: no champion began */
  readonly share: number | null;
}

/** Goes back towards the champion's weights where the training has forgotten too much. */
export function keepWhatWasKnown(
  done: DoneEvent,
  { champion }: TrainingPlan,
  { validation, validationImages }: Pick<TrainingData, 'validation' | 'validationImages'>,
  corrections: Samples | null,
  say: (line: string) => void,
): KeptTraining {
  if (!champion) return { done, share: null };
  const { network } = champion.model;
  const images = firstSamples(validation, validationImages);
  const before = measure(createLogitsOf(network)(images), images.labels);
  const logitsOf = createLogitsOf(done.network);
  const readCorrections = () =>
    corrections ? measure(logitsOf(corrections), corrections.labels).correct : 0;
  const learnt = readCorrections();
  const share = interpolateWeights(done.network, network, {
    forgetsTooMuch: () => {
      const { accuracy, loss } = measure(logitsOf(images), images.labels);
      return accuracy < before.accuracy - mostForgotten || loss > before.loss;
    },
    keepsLearning: () => readCorrections() >= leastKept * learnt,
  });
  const after = measure(logitsOf(images), images.labels);
  say(
    `Validation images: ${percent(before.accuracy)} before, ${percent(after.accuracy)} with ` +
      `${percent(share, 0)} of the new weights and the rest of the old.`,
  );
  const measured = measure(logitsOf(validation), validation.labels);
  return { done: { ...done, validation: measured }, share };
}
