// What a training run is made of, as data.

/** A stretch of training with one batch size and one learning rate. */
export interface Phase {
  readonly batchSize: number;
  readonly epochs: number;
  readonly learningRate: number;
}

export interface TrainingConfiguration {
  /** inputs, hidden layers, classes */
  readonly layerSizes: readonly number[];
  readonly momentum: number;
  readonly phases: readonly Phase[];
}

/**
 * The training of the laboratory report, in two phases: large batches and few epochs to get near,
 * small batches and more epochs to settle. Rates and epochs were chosen on validation data, the
 * last 5,000 training images.
 */
export const profiles = {
  standard: {
    layerSizes: [784, 128, 64, 10],
    momentum: 0.9,
    phases: [
      { batchSize: 256, epochs: 4, learningRate: 0.1 },
      { batchSize: 64, epochs: 8, learningRate: 0.01 },
    ],
  },
} as const satisfies Record<string, TrainingConfiguration>;

export type ProfileName = keyof typeof profiles;
