// Trains the networks of chapters 3 and 4: 784-128-64-10 in the phases of examples/digit-classifier.ts, on
// kernels that round alike on every machine, so that the figures do not depend on it.

import { canvasBrush } from '../../../libs/nn/cli/shared/sources.ts';
import { splitForValidation } from '../../../libs/nn/src/data/dataset.ts';
import { loadMnist } from '../../../libs/nn/src/data/mnist.ts';
import { samplesOfDataset } from '../../../libs/nn/src/data/prepare-samples.ts';
import { joinSamples, type Samples } from '../../../libs/nn/src/data/samples.ts';
import type { SynthesisRecipe } from '../../../libs/nn/src/data/synthesis/synthesize.ts';
import { planSynthesis } from '../../../libs/nn/src/data/synthesis/synthesize.ts';
import { createWasmKernels } from '../../../libs/nn/src/engine/kernels/wasm.ts';
import type { Network } from '../../../libs/nn/src/engine/network.ts';
import type { TrainingConfiguration } from '../../../libs/nn/src/training/configuration.ts';
import type { EpochEvent } from '../../../libs/nn/src/training/events.ts';
import { profiles } from '../../../libs/nn/src/training/profiles.ts';
import { train } from '../../../libs/nn/src/training/train.ts';
import { runExample } from './load-example.ts';

const seed = 1;
const memoryBytes = 64 << 20;

/** MNIST as samples: training, validation and test. */
export interface Digits {
  readonly training: Samples;
  readonly validation: Samples;
  readonly test: Samples;
}

export async function loadDigits(): Promise<Digits> {
  const { training, test } = await loadMnist();
  const split = splitForValidation(training);
  return {
    training: samplesOfDataset(split.training),
    validation: samplesOfDataset(split.validation),
    test: samplesOfDataset(test),
  };
}

/** A trained network and its progress. */
export interface TrainedNetwork {
  readonly network: Network;
  readonly epochs: readonly EpochEvent[];
  /** the loss and the images of every batch */
  readonly losses: readonly number[];
  readonly batchSizes: readonly number[];
}

/** Reads the configuration of the example without its training. */
async function readConfiguration(): Promise<TrainingConfiguration> {
  const { variables } = await runExample<{ readonly configuration: TrainingConfiguration }>(
    'digit-classifier.ts',
    ['configuration'],
    [['event of train({', 'event of (async function* () {})({']],
  );
  return variables.configuration;
}

/** What a training differs in from the example's. */
export interface SmallTraining {
  /** of the second phase; the example's by default */
  readonly epochs?: number;
  readonly isAugmented?: boolean;
}

/** Trains the network of the example. */
export async function trainSmall(
  training: Samples,
  validation: Samples,
  { epochs, isAugmented = false }: SmallTraining = {},
): Promise<TrainedNetwork> {
  const example = await readConfiguration();
  const phases = example.phases.map((phase, i) =>
    i === 1 && epochs ? { ...phase, epochs } : phase,
  );
  const events = train({
    configuration: {
      ...example,
      phases,
      ...(isAugmented ? { augmentation: profiles.standard.augmentation } : {}),
    },
    seed,
    kernels: createWasmKernels('plain', memoryBytes),
    training,
    validation,
  });
  const [losses, batchSizes]: [number[], number[]] = [[], []];
  for await (const event of events) {
    if (event.type === 'batch') {
      losses.push(event.loss);
      batchSizes.push(event.images);
    }
    if (event.type === 'done') {
      return { network: event.network, epochs: event.history, losses, batchSizes };
    }
  }
  throw new Error('the training ended without a network');
}

/** The images together with synthetic digits in all styles, and outliers. */
export function withSyntheticDigits(images: Samples): Samples {
  const recipe: SynthesisRecipe = {
    images: 1,
    restroked: 0,
    synthetic: 0.7,
    degraded: 0,
    recorded: 0,
    pictures: 0,
    outliers: 0.1,
  };
  const sources = { images, recordings: [], brush: canvasBrush };
  const drawing = planSynthesis(sources, recipe, seed, 'training').draw();
  for (;;) {
    const part = drawing.next();
    if (part.done) return joinSamples(images, part.value);
  }
}
