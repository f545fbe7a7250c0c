// The trainings that have a name. Rates, epochs and augmentation were chosen on validation data,
// the last 5,000 of MNIST's training images.

import type { Augmentation } from '../data/augment/augment.ts';
import type { SynthesisRecipe } from '../data/synthesis/synthesize.ts';
import type { TrainingConfiguration } from './configuration.ts';

/** Close to what Simard, Steinkraus and Platt (2003) and Cireşan et al. (2010) use. */
const handwriting: Augmentation = {
  rotation: 15,
  scale: 0.15,
  shear: 0.15,
  shift: 1,
  elastic: { sigma: 5, alpha: 36 },
  thickness: 0.4,
};

const sgd = { type: 'sgd', momentum: 0.9, nesterov: true, weightDecay: 0 } as const;

/**
 * Each in two phases, as the laboratory report trained: large batches and few epochs to get near,
 * small batches and more epochs to settle.
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
    layerSizes: [784, 1280, 640, 10],
    phases: [
      {
        batchSize: 128,
        epochs: 100,
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

export type ProfileName = keyof typeof profiles;

/**
 * A training that begins with a trained network: its layers are that network's. Tried on forty
 * sevens with two bars, measured on four hundred others and on the validation images. Rates of 0.003
 * to 0.03, two epochs or three, half or three times the images shown again, the
 * old network's answers as targets instead of labels: each but another way along the same curve, on
 * which what is learnt is paid for in what is forgotten. A blend of the weights goes along it for
 * nothing (corrections/blend.ts), so it alone decides how far. Of a network of profile champion after
 * 7 of its epochs, each correction shown 20 times, the bars went from 31 % to 94.5 % and the images from 99.32 % to 99.22 %, 92 % and
 * 99.26 % with 0.85 of the new weights; of profile quick from 8.8 % to 97.5 % and from 98.60 % to
 * 98.14 %, 90 % and 98.54 % with 0.7 of them.
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
 * What each of them is trained on besides the images of the data. Chosen on validation images and
 * writers by one short training each of 784-384-192-10: three times as many worn pictures, teeth and
 * smears among them, brought the corruptions of MNIST-C from a mean of 95.5 % to 96.5 % and the
 * drawings from 97.2 % to 96.9 %, so the champion has half of that; twice as many pictures of no digit
 * took the drawings to 96.8 % and had no more letters refused. Invented digits are for whoever has
 * images alone: 784-256-128-10 after 6 epochs of half of them read 86 % and 91 % of two collections'
 * drawings without, 98 % of both with 0.7. Profile quick read 89 % and 92 % without, 96 % and 97 % with
 * 0.05, 97 % of both with 0.1; each cost it 0.2 % of the images, and a second or three. With recorded
 * drawings they still help where people draw and send otherwise: 40 instead of 45 of 4,919 such pictures
 * wrong after 5 epochs of profile champion, the images read as well.
 */
export const recipes: Readonly<Record<ProfileName, SynthesisRecipe>> = {
  quick: { images: 1, restroked: 0, synthetic: 0.05, degraded: 0, recorded: 1, outliers: 0.05 },
  standard: {
    images: 1,
    restroked: 0.5,
    synthetic: 0.7,
    degraded: 0.3,
    recorded: 4,
    outliers: 0.1,
  },
  champion: { images: 2, restroked: 1, synthetic: 0.2, degraded: 0.6, recorded: 8, outliers: 0.14 },
};

/** What fine-tuning shows again of what the network has learnt, for each of these images. */
export const fineTuningRecipe: SynthesisRecipe = {
  images: 1,
  restroked: 0.15,
  synthetic: 0,
  degraded: 0.05,
  recorded: 0.05,
  outliers: 0.06,
};

/** 20,000 forget no less for what they learn, and take three times as long. */
export const fineTuningImages = 6000;
