// The configuration of a training run as plain JSON data, from a named profile or a configuration file.

import type { Schedule } from '@digits/protocol';
import type { Augmentation } from '../data/augment/augment.ts';
import type { OptimizerOptions } from '../engine/optimizer.ts';

/** A part of the training with one batch size and one learning-rate schedule. */
export interface Phase {
  /** images in a step, at least 1; the last batch of an epoch may be smaller */
  readonly batchSize: number;
  /** passes over the training samples, at least 1 */
  readonly epochs: number;
  /** the maximum of the schedule, > 0 */
  readonly learningRate: number;
  readonly schedule: Schedule;
}

/**
 * Everything that determines the trained weights, besides the seed, the data and the kernels. Serialisable
 * as JSON; if an optional field is absent, its method is not used.
 */
export interface TrainingConfiguration {
  /** [inputs, …hidden, classes], at least two sizes */
  readonly layerSizes: readonly number[];
  /** trained one after the other, at least one */
  readonly phases: readonly Phase[];
  readonly optimizer: OptimizerOptions;
  /**
   * Fraction of every target that is spread evenly over all classes, 0…1; 0 for none (Szegedy,
   * Vanhoucke, Ioffe, Shlens and Wojna 2016, section 7).
   */
  readonly labelSmoothing: number;
  /** Random changes to the images of every batch; if absent, images are not changed. */
  readonly augmentation?: Augmentation;
  /**
   * Weight averaging: a moving average of the weights is validated and saved (Polyak and Juditsky 1992).
   * `decay`, 0…1 exclusive, is the fraction of the average kept in each step. If absent, the weights
   * themselves are.
   */
  readonly averaging?: { readonly decay: number };
  /**
   * Early stopping: ends the training if validation accuracy has not risen for `patience` epochs, at least
   * 1, and restores the best weights (Prechelt 1998). If absent, the weights after all epochs are used.
   */
  readonly earlyStopping?: { readonly patience: number };
}
