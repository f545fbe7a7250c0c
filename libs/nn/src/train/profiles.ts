// The trainings that have a name. Rates, epochs and augmentation were chosen on validation data,
// the last 5,000 of MNIST's training images.
import type { Augmentation } from '../augment/augment.ts';
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
      { batchSize: 64, epochs: 8, learningRate: 0.03, schedule: { type: 'cosine', finalShare: 0 } },
    ],
    optimizer: sgd,
    labelSmoothing: 0,
    dropout: 0,
    augmentation: null,
    averaging: null,
    earlyStopping: null,
  },
  standard: {
    layerSizes: [784, 512, 256, 10],
    phases: [
      { batchSize: 256, epochs: 4, learningRate: 0.1, schedule: { type: 'constant' } },
      {
        batchSize: 64,
        epochs: 26,
        learningRate: 0.05,
        schedule: { type: 'cosine', finalShare: 0 },
      },
    ],
    optimizer: sgd,
    labelSmoothing: 0,
    dropout: 0,
    augmentation: handwriting,
    averaging: { decay: 0.999 },
    earlyStopping: null,
  },
} as const satisfies Record<string, TrainingConfiguration>;

export type ProfileName = keyof typeof profiles;
