// One epoch of training on all 60,000 MNIST training images as they are. The recipe is the one that
// the scripts under peers/ follow: SGD with momentum 0.9, batches of 128, learning rate 0.05.
import type { Augmentation } from '../src/augment/augment.ts';
import type { Dataset } from '../src/data/dataset.ts';
import type { Samples } from '../src/data/samples.ts';
import { chooseKernels } from '../src/kernels/choose.ts';
import type { TrainingConfiguration } from '../src/train/configuration.ts';
import { train } from '../src/train/train.ts';

export const layerSizes = [784, 512, 256, 10] as const;

/** What every contestant prints as one line of JSON. */
export interface EpochResult {
  readonly seconds: number;
  /** mean cross-entropy over the epoch, in nats: shows that all contestants learn alike */
  readonly loss: number;
  /** what ran the epoch, with its version */
  readonly engine: string;
}

const validationCount = 100;

/**
 * Times the batches: drawing, augmenting, forward, backward, optimizer. Loading, first weights and
 * validation are outside, as they are in the peers' scripts.
 */
export async function runEpoch(
  dataset: Dataset,
  augmentation: Augmentation | null,
): Promise<EpochResult> {
  const { kernels } = chooseKernels();
  const events = train({
    configuration: configurationOf(augmentation),
    seed: 1,
    kernels,
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

function configurationOf(augmentation: Augmentation | null): TrainingConfiguration {
  return {
    layerSizes,
    phases: [{ batchSize: 128, epochs: 1, learningRate: 0.05, schedule: { type: 'constant' } }],
    optimizer: { type: 'sgd', momentum: 0.9, nesterov: false, weightDecay: 0 },
    labelSmoothing: 0,
    dropout: 0,
    augmentation,
    averaging: null,
    earlyStopping: null,
  };
}

/** The first images without preprocessing, as a view: MNIST's are centred and sized already. */
function rawSamples({ rows, columns, pixels, labels }: Dataset, count: number): Samples {
  const size = rows * columns;
  return {
    count,
    size,
    inputs: pixels.subarray(0, count * size),
    labels: labels.subarray(0, count),
  };
}
