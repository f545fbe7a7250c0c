// One training step, and the room it works in.
import { augmentBatch } from '../augment/augment.ts';
import type { DisplacementField } from '../augment/displacement-field.ts';
import { gatherBatch, type Samples } from '../data/samples.ts';
import {
  backward,
  createOutputGradients,
  createParameterGradients,
  type OutputGradients,
  type ParameterGradients,
} from '../network/backward.ts';
import { type Activations, createActivations, forward, parametersOf } from '../network/network.ts';
import type { Random } from '../random.ts';
import type { TrainingConfiguration } from './configuration.ts';
import type { TrainingState } from './state.ts';

/** Room for the largest batch of a run. */
export interface Workspace {
  readonly activations: Activations;
  readonly dOutputs: OutputGradients;
  readonly gradients: ParameterGradients;
  readonly labels: Uint8Array;
}

export function createWorkspace(
  { network }: TrainingState,
  { phases }: TrainingConfiguration,
): Workspace {
  const capacity = Math.max(...phases.map(phase => phase.batchSize));
  return {
    activations: createActivations(network, capacity),
    dOutputs: createOutputGradients(network, capacity),
    gradients: createParameterGradients(network),
    labels: network.kernels.allocateLabels(capacity),
  };
}

export interface Batch {
  readonly samples: Samples;
  /** indices of the samples in this batch */
  readonly chosen: Uint32Array;
  /** the epoch's displacements, where pictures are bent */
  readonly field: DisplacementField | null;
  /** for augmentation and dropout, in this order */
  readonly random: Random;
}

/**
 * Pictures in, forward, loss, backward, optimizer, average.
 *
 * @returns the sum of the batch's losses before the step, in nats
 */
export function takeTrainingStep(
  state: TrainingState,
  { activations, dOutputs, gradients, labels }: Workspace,
  { samples, chosen, field, random }: Batch,
  { augmentation, dropout, labelSmoothing, averaging }: TrainingConfiguration,
  learningRate: number,
): number {
  const { network, optimizer, averaged, progress } = state;
  const { kernels } = network;
  const M = chosen.length;
  const N = network.layers.at(-1)!.outputs;
  if (augmentation) {
    augmentBatch(samples, chosen, activations.input, labels, augmentation, field, random);
  } else {
    gatherBatch(samples, chosen, activations.input, labels);
  }
  const logits = forward(network, activations, M, dropout > 0 ? { rate: dropout, random } : null);
  const shape = { M, N, labelSmoothing };
  const loss = kernels.softmaxCrossEntropy(dOutputs.at(-1)!, logits, labels, shape);
  backward(network, activations, dOutputs, gradients, M, dropout);
  progress.step++;
  optimizer.step(gradients, learningRate, progress.step);
  if (averaged && averaging) {
    // The plain mean of the first steps, until they are as many as the average reaches back.
    const share = Math.max(1 - averaging.decay, 1 / (progress.step + 1));
    const latest = parametersOf(network);
    for (const [name, values] of parametersOf(averaged)) {
      kernels.average(values, latest.get(name)!, share);
    }
  }
  return loss;
}
