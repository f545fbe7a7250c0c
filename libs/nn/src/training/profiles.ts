// The training profiles and the configuration of fine-tuning. Learning rates, epochs and augmentation were
// chosen on validation data, the last 5,000 of MNIST's training images (docs/experiments.md).

import type { Augmentation } from '../data/augment/augment.ts';
import type { SynthesisRecipe } from '../data/synthesis/synthesize.ts';
import type { DataForm } from '../inference/data-form.ts';
import { inputSide } from '../preprocess/picture.ts';
import type { TrainingConfiguration } from './configuration.ts';

/** ± degrees of the rotation of images whose classes may not be digits. */
const rotation = 15;

/**
 * Close to Simard, Steinkraus and Platt (2003) and Cireşan, Meier, Gambardella and Schmidhuber (2010). Ones are
 * rotated by half as much, because the flag of a one that is rotated further lies like a seven's upper line.
 */
const handwriting: Augmentation = {
  rotation: [rotation, 7.5, ...Array.from({ length: 8 }, () => rotation)],
  scale: 0.15,
  shear: 0.15,
  shift: 1,
  elastic: { sigma: 5, alpha: 36 },
  thickness: 0.4,
};

const sgd = { type: 'sgd', momentum: 0.9, nesterov: true, weightDecay: 0 } as const;

/**
 * The profiles, from a trial of seconds to the network that is served. Two phases: large batches and few
 * epochs to approach a minimum, then small batches and more epochs to converge.
 */
export const profiles = {
  quick: {
    layerSizes: [784, 256, 128, 10],
    phases: [
      { batchSize: 256, epochs: 2, learningRate: 0.1, schedule: { type: 'constant' } },
      {
        batchSize: 64,
        epochs: 8,
        learningRate: 0.03,
        schedule: { type: 'cosine', finalFraction: 0 },
      },
    ],
    optimizer: sgd,
    labelSmoothing: 0,
  },
  standard: {
    layerSizes: [784, 512, 256, 10],
    phases: [
      { batchSize: 256, epochs: 4, learningRate: 0.1, schedule: { type: 'constant' } },
      {
        batchSize: 64,
        epochs: 26,
        learningRate: 0.05,
        schedule: { type: 'cosine', finalFraction: 0 },
      },
    ],
    optimizer: sgd,
    labelSmoothing: 0,
    augmentation: handwriting,
    averaging: { decay: 0.999 },
  },
  champion: {
    layerSizes: [784, 1536, 768, 10],
    phases: [
      {
        batchSize: 128,
        epochs: 64,
        learningRate: 0.06,
        schedule: { type: 'cosine', finalFraction: 0 },
      },
    ],
    optimizer: sgd,
    labelSmoothing: 0,
    augmentation: handwriting,
    averaging: { decay: 0.9998 },
  },
} as const satisfies Record<string, TrainingConfiguration>;

/**
 * A configuration for data whose classes may not be digits: all are rotated alike, and the layers and the pixels of
 * the augmentation fit the images.
 *
 * @param form undefined for images and classes as those of MNIST
 */
export function forAnyClasses(
  configuration: TrainingConfiguration,
  form?: DataForm,
): TrainingConfiguration {
  const { augmentation } = configuration;
  return {
    ...configuration,
    ...(form && { layerSizes: layersFor(configuration, form) }),
    ...(augmentation && { augmentation: { ...scaledTo(augmentation, form), rotation } }),
  };
}

function layersFor({ layerSizes }: TrainingConfiguration, { rows, columns, classes }: DataForm) {
  return [rows * columns, ...layerSizes.slice(1, -1), classes.length];
}

/**
 * The same changes relative to the size of the image. Smoothing with σ leaves displacements proportional to
 * alpha / σ, so alpha grows with the square of the size.
 */
function scaledTo(augmentation: Augmentation, form: DataForm | undefined): Augmentation {
  const scale = form ? Math.min(form.rows, form.columns) / inputSide : 1;
  if (scale === 1) return augmentation;
  const { shift, elastic } = augmentation;
  return {
    ...augmentation,
    shift: scale * shift,
    elastic: elastic && { sigma: scale * elastic.sigma, alpha: scale ** 2 * elastic.alpha },
  };
}

/** The argument of nn:train --profile. */
export type ProfileName = keyof typeof profiles;

/**
 * The configuration of fine-tuning: a short training of the champion on corrections, with its layer sizes.
 * `interpolateWeights` afterwards determines how much of the change is kept.
 */
export const fineTuning = {
  phases: [
    {
      batchSize: 64,
      epochs: 3,
      learningRate: 0.01,
      schedule: { type: 'cosine', finalFraction: 0 },
    },
  ],
  optimizer: sgd,
  labelSmoothing: 0,
  augmentation: handwriting,
  averaging: { decay: 0.99 },
} as const satisfies Omit<TrainingConfiguration, 'layerSizes'>;

/**
 * Profiles after which only test and validation images are measured: measuring every evaluation set
 * would take longer than the training.
 */
export const brieflyMeasured: ReadonlySet<ProfileName> = new Set(['quick']);

/** The training data that each profile uses besides the images. */
export const recipes: Readonly<Record<ProfileName, SynthesisRecipe>> = {
  quick: {
    images: 1,
    restroked: 0,
    synthetic: 0.05,
    degraded: 0,
    recorded: 1,
    pictures: 1,
    outliers: 0.05,
  },
  standard: {
    images: 1,
    restroked: 0.5,
    synthetic: 0.7,
    degraded: 0.3,
    recorded: 4,
    pictures: 4,
    outliers: 0.1,
  },
  champion: {
    images: 4,
    restroked: 1,
    synthetic: 2.2,
    degraded: 1,
    recorded: 5,
    pictures: 8,
    outliers: 0.14,
  },
};

/** The training data that fine-tuning repeats, to limit forgetting. */
export const fineTuningRecipe: SynthesisRecipe = {
  images: 1,
  restroked: 0.15,
  synthetic: 0,
  degraded: 0.05,
  recorded: 0.05,
  pictures: 0.05,
  outliers: 0.06,
};

/** Number of images that fine-tuning repeats: 20,000 take three times as long without a benefit. */
export const fineTuningImages = 6000;
