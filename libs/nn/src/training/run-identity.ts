// The identity of a run: everything that decides its result to the bit. A checkpoint holds it, and
// only the same run can resume from that checkpoint.

import { createHash } from 'node:crypto';
import type { Samples } from '../data/samples.ts';
import { type Network, parametersOf } from '../engine/network.ts';
import type { Phase, TrainingConfiguration } from './configuration.ts';
import type { TrainingOptions } from './options.ts';

/** Written into checkpoints as JSON: the order of the fields is part of the format. */
export interface RunIdentity {
  readonly configuration: object;
  readonly seed: number;
  /** SHA-256 of the training and validation samples */
  readonly data: string;
  /** name of the backend */
  readonly kernels: string;
  /** SHA-256 of the first weights, where they are not drawn from the seed */
  readonly initial?: string;
  /** SHA-256 of each teacher's weights, where there are any */
  readonly teachers?: readonly string[];
}

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
 * The configuration as the checkpoint format digits-checkpoint/1 has it: null for an absent method,
 * and a field for dropout, which no configuration has any more.
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

function digestOfSamples(...parts: readonly Samples[]): string {
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
