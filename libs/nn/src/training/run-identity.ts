// The identity of a run: everything that determines its result to the bit. It is saved in checkpoints, and
// only the same run can resume from them.

import { createHash } from 'node:crypto';
import type { InputValues, Samples } from '../data/samples.ts';
import { type Network, parametersOf } from '../engine/network.ts';
import type { Phase, TrainingConfiguration } from './configuration.ts';
import type { TrainingOptions } from './options.ts';

/** The identity as saved in checkpoints as JSON. The order of the fields is part of the format. */
export interface RunIdentity {
  readonly configuration: object;
  readonly seed: number;
  /** SHA-256 of the training and validation samples */
  readonly data: string;
  /** name of the backend */
  readonly kernels: string;
  /** SHA-256 of the initial weights, if they are not drawn from the seed */
  readonly initial?: string;
  /** SHA-256 of each teacher's weights, if there are any */
  readonly teachers?: readonly string[];
}

/** Computes the identity of a run from its options. */
export function identityOf(options: TrainingOptions): RunIdentity {
  const { configuration, seed, training, validation, kernels, initial, teachers = [] } = options;
  return {
    configuration: documentOf(configuration),
    seed,
    data: digestOfSamples(training, validation),
    kernels: kernels.name,
    ...(initial && { initial: digestOfWeights(initial) }),
    ...(teachers.length > 0 && { teachers: teachers.map(digestOfWeights) }),
  };
}

/**
 * The configuration in the checkpoint format digits-checkpoint/1: null for an absent method, and a field
 * for dropout, which configurations no longer have.
 */
function documentOf(configuration: TrainingConfiguration): object {
  const { layerSizes, phases, optimizer, labelSmoothing } = configuration;
  const { augmentation = null, averaging = null, earlyStopping = null } = configuration;
  return {
    layerSizes,
    phases: phases.map(phaseDocumentOf),
    optimizer,
    labelSmoothing,
    dropout: 0,
    augmentation,
    averaging,
    earlyStopping,
  };
}

/** The format's name for the `finalFraction` of a cosine is `finalShare`. */
function phaseDocumentOf({ batchSize, epochs, learningRate, schedule }: Phase): object {
  const { type } = schedule;
  return {
    batchSize,
    epochs,
    learningRate,
    schedule: type === 'cosine' ? { type, finalShare: schedule.finalFraction } : schedule,
  };
}

function digestOfSamples(...parts: readonly Samples<InputValues>[]): string {
  const hash = createHash('sha256');
  for (const { inputs, labels } of parts) hash.update(inputs).update(labels);
  return hash.digest('hex');
}

function digestOfWeights(network: Network): string {
  const hash = createHash('sha256');
  for (const values of parametersOf(network).values()) {
    hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  }
  return hash.digest('hex');
}
