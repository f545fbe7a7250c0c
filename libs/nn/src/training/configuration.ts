// What a training run consists of, as plain JSON data: a named profile or a configuration file.

import type { Schedule } from '@digits/protocol';
import type { Augmentation } from '../data/augment/augment.ts';
import type { OptimizerOptions } from '../engine/optimizer.ts';

/** A part of the training with one batch size and one course of the learning rate. */
export interface Phase {
  /** images in a step, at least 1; the last batch of an epoch may be smaller */
  readonly batchSize: number;
  /** passes over the training samples, at least 1 */
  readonly epochs: number;
  /** the highest rate that the schedule gives, > 0 */
  readonly learningRate: number;
  readonly schedule: Schedule;
}

/**
 * Everything that decides the weights besides the seed, the data and the kernels. Serialisable as
 * JSON; an optional field that is absent switches its method off.
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
  /** Random changes to the images of every batch; absent: the images as they are. */
  readonly augmentation?: Augmentation;
  /**
   * Keeps a moving average of the weights, which is what is validated and saved (Polyak and Juditsky
   * 1992): `decay`, 0…1 exclusive, is the fraction of the average that a step keeps. Absent: the
   * weights themselves.
   */
  readonly averaging?: { readonly decay: number };
  /**
   * Ends the training when validation accuracy has not risen for `patience` epochs, at least 1, and
   * restores the best weights. Absent: the last weights, after all epochs.
   */
  readonly earlyStopping?: { readonly patience: number };
}
