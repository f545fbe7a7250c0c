// Trains one epoch on the 60,000 MNIST training images with the configuration of the scripts in peers/: SGD
// with momentum 0.9, batches of 128, learning rate 0.05, no augmentation.

import type { Dataset } from '../../src/data/dataset.ts';
import type { Samples } from '../../src/data/samples.ts';
import type { Kernels } from '../../src/engine/kernels/kernels.ts';
import type { TrainingConfiguration } from '../../src/training/configuration.ts';
import { profiles } from '../../src/training/profiles.ts';
import { train } from '../../src/training/train.ts';

/** The layer sizes of the network, the same for all peers. */
export const layerSizes = [784, 512, 256, 10] as const;

/** The output of a training process, one line of JSON. */
export interface EpochResult {
  readonly seconds: number;
  /** mean cross-entropy over the epoch, in nats; similar for all processes if they train alike */
  readonly loss: number;
  /** the library or backend that ran the epoch, with its version */
  readonly engine: string;
}

/** Without augmentation; with augmentation; a larger network with AdamW and augmentation. */
export type EpochKind = 'plain' | 'augmented' | 'adamw';

const validationCount = 100;

/** The kernels, threads and seed of a training. */
export interface EpochOptions {
  readonly kernels: Kernels;
  readonly threads: number;
  readonly seed: number;
}

/**
 * Times the batches of one epoch: sampling, augmentation, forward, backward, update. Loading, initial
 * weights and validation are not included, as in the peers' scripts.
 */
export async function runEpoch(
  dataset: Dataset,
  kind: EpochKind,
  { kernels, threads, seed }: EpochOptions,
): Promise<EpochResult> {
  const events = train({
    configuration: configurations[kind],
    seed,
    kernels,
    threads,
    training: rawSamples(dataset, dataset.count),
    validation: rawSamples(dataset, validationCount),
  });
  let started = 0;
  let seconds = 0;
  let loss = 0;
  for await (const event of events) {
    if (event.type === 'phase') started = performance.now();
    if (event.type === 'batch') seconds = (performance.now() - started) / 1000;
    if (event.type === 'epoch') loss = event.loss;
  }
  return { seconds, loss, engine: kernels.name };
}

const plain: TrainingConfiguration = {
  layerSizes,
  phases: [{ batchSize: 128, epochs: 1, learningRate: 0.05, schedule: { type: 'constant' } }],
  optimizer: { type: 'sgd', momentum: 0.9, nesterov: false, weightDecay: 0 },
  labelSmoothing: 0,
};
const { augmentation } = profiles.standard;

const configurations: Record<EpochKind, TrainingConfiguration> = {
  plain,
  augmented: { ...plain, augmentation },
  adamw: {
    ...plain,
    augmentation,
    layerSizes: [784, 1024, 512, 10],
    phases: [{ batchSize: 128, epochs: 1, learningRate: 0.001, schedule: { type: 'constant' } }],
    optimizer: { type: 'adamw', beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.01 },
  },
};

const maxEpochs = 20;

/**
 * Trains without augmentation until an accuracy on the test images is reached.
 *
 * @returns the seconds since the start of the process
 * @throws Error if the accuracy is not reached within 20 epochs
 */
export async function runToAccuracy(
  { training, test }: { readonly training: Dataset; readonly test: Dataset },
  accuracy: number,
  { kernels, threads, seed }: EpochOptions,
): Promise<EpochResult> {
  const phases = plain.phases.map(phase => ({ ...phase, epochs: maxEpochs }));
  const events = train({
    configuration: { ...plain, phases },
    seed,
    kernels,
    threads,
    training: rawSamples(training, training.count),
    validation: rawSamples(test, test.count),
  });
  for await (const event of events) {
    if (event.type === 'epoch' && event.validation.accuracy >= accuracy) {
      return { seconds: performance.now() / 1000, loss: event.loss, engine: kernels.name };
    }
  }
  throw new Error(`the accuracy on the test images is below ${accuracy} after ${maxEpochs} epochs`);
}

/** A view on the first images, without preprocessing: MNIST's images are already centred and scaled. */
function rawSamples({ rows, columns, pixels, labels }: Dataset, count: number): Samples {
  const size = rows * columns;
  return {
    count,
    size,
    inputs: pixels.subarray(0, count * size),
    labels: labels.subarray(0, count),
  };
}
