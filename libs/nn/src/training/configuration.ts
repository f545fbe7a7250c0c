// What a training run is made of, as data.

import type { Augmentation } from '../data/augment/augment.ts';
import type { OptimizerOptions } from '../engine/optimizer.ts';
import type { Schedule } from './schedule.ts';

/** A stretch of training with one batch size. */
export interface Phase {
  readonly batchSize: number;
  readonly epochs: number;
  /** the highest that the schedule gives */
  readonly learningRate: number;
  readonly schedule: Schedule;
}

export interface TrainingConfiguration {
  /** inputs, hidden layers, classes */
  readonly layerSizes: readonly number[];
  readonly phases: readonly Phase[];
  readonly optimizer: OptimizerOptions;
  /** share of every target that is spread over all classes, 0…1 */
  readonly labelSmoothing: number;
  /** probability of a hidden unit to be left out of a training step, 0…1 exclusive */
  readonly dropout: number;
  readonly augmentation: Augmentation | null;
  /**
   * How much of the weights' moving average a step keeps, 0…1 exclusive; the average is what is
   * validated and saved. Null: the weights themselves.
   */
  readonly averaging: { readonly decay: number } | null;
  /**
   * Ends the training when validation accuracy has not risen for `patience` epochs, and goes back
   * to the best weights. Null: the last weights, after all epochs.
   */
  readonly earlyStopping: { readonly patience: number } | null;
}
