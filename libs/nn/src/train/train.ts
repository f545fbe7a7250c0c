// Mini-batch training as an asynchronous generator: it computes and tells, and prints nothing.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { gatherBatch, type Samples, shuffledOrder } from '../data/samples.ts';
import { NnError } from '../errors.ts';
import { type Measurement, measure } from '../evaluate/measure.ts';
import type { Kernels } from '../kernels/kernels.ts';
import {
  type Activations,
  backward,
  createActivations,
  createGradients,
  createNetwork,
  forward,
  type Gradients,
  type Network,
} from '../network/network.ts';
import {
  createMomentumOptimizer,
  type MomentumOptimizer,
  takeStep,
} from '../optimizers/momentum.ts';
import { Random } from '../random.ts';
import type { Phase, TrainingConfiguration } from './configuration.ts';
import type { Position, TrainingEvent } from './events.ts';

export interface TrainingOptions {
  readonly configuration: TrainingConfiguration;
  /** decides the first weights and the order of the images: the same seed, the same bytes */
  readonly seed: number;
  readonly kernels: Kernels;
  readonly training: Samples;
  readonly validation: Samples;
  /** ends the training with the signal's reason, before the next batch */
  readonly signal?: AbortSignal;
}

/** What one run carries from batch to batch. */
interface Run {
  readonly network: Network;
  readonly optimizer: MomentumOptimizer;
  readonly activations: Activations;
  readonly gradients: Gradients;
  readonly labels: Uint8Array;
  readonly random: Random;
}

/**
 * Trains a new network, phase after phase, and yields what happens; the last event is `done`, with
 * the network. The event loop gets its turn after every batch.
 *
 * @throws NnError `training-diverged` when the loss is no longer a number
 * @throws the signal's reason when it is aborted
 */
export async function* train(options: TrainingOptions): AsyncGenerator<TrainingEvent, void> {
  const { configuration, training, validation } = options;
  const run = prepareRun(options);
  let measured: Measurement = measure(run.network, validation);
  for (const [i, phase] of configuration.phases.entries()) {
    const ofPhase = { phase: i + 1, phases: configuration.phases.length };
    yield { type: 'phase', ...ofPhase, ...phase };
    for (let epoch = 1; epoch <= phase.epochs; epoch++) {
      const position = { ...ofPhase, epoch, epochs: phase.epochs };
      const loss = yield* trainEpoch(run, options, phase, position);
      measured = measure(run.network, validation);
      yield { type: 'epoch', ...position, loss: loss / training.count, validation: measured };
    }
  }
  yield { type: 'done', network: run.network, validation: measured };
}

function prepareRun({ configuration, seed, kernels }: TrainingOptions): Run {
  const random = new Random(seed);
  const network = createNetwork(kernels, random, configuration.layerSizes);
  const largestBatch = Math.max(...configuration.phases.map(phase => phase.batchSize));
  return {
    network,
    optimizer: createMomentumOptimizer(network, configuration.momentum),
    activations: createActivations(network, largestBatch),
    gradients: createGradients(network, largestBatch),
    labels: new Uint8Array(largestBatch),
    random,
  };
}

/** One pass over the training images in a new order; returns the sum of their losses. */
async function* trainEpoch(
  run: Run,
  { training, signal }: TrainingOptions,
  { batchSize, learningRate }: Phase,
  position: Position,
): AsyncGenerator<TrainingEvent, number> {
  const order = shuffledOrder(training.count, run.random);
  const batches = Math.ceil(training.count / batchSize);
  let sum = 0;
  for (let batch = 1; batch <= batches; batch++) {
    signal?.throwIfAborted();
    const chosen = order.subarray((batch - 1) * batchSize, batch * batchSize);
    const loss = trainBatch(run, training, chosen, learningRate);
    if (!Number.isFinite(loss)) {
      throw new NnError(
        'training-diverged',
        `the loss became ${loss} in phase ${position.phase}, epoch ${position.epoch}, batch ` +
          `${batch}: train with a lower learning rate than ${learningRate}`,
      );
    }
    sum += loss;
    const images = chosen.length;
    yield { type: 'batch', ...position, batch, batches, images, loss: loss / images };
    await nextTurn();
  }
  return sum;
}

/** Forward, backward, step; returns the sum of the batch's losses before the step. */
function trainBatch(
  { network, optimizer, activations, gradients, labels }: Run,
  samples: Samples,
  chosen: Uint32Array,
  learningRate: number,
): number {
  const M = chosen.length;
  const N = network.layers.at(-1)!.outputs;
  gatherBatch(samples, chosen, activations.input, labels);
  const logits = forward(network, activations, M);
  const dLogits = gradients.dOutputs.at(-1)!;
  const loss = network.kernels.softmaxCrossEntropy(dLogits, logits, labels, { M, N });
  backward(network, activations, gradients, M);
  takeStep(network, optimizer, gradients, learningRate);
  return loss;
}
