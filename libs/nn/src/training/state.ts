// Everything that a training run carries from step to step. Random generators are not part of it:
// each use of random numbers has a stream of its own, derived from the seed and its place in the run.

import type { Kernels } from '../engine/kernels/kernels.ts';
import { copyNetwork, createNetwork, type Network, parametersOf } from '../engine/network.ts';
import { createOptimizer, type Optimizer } from '../engine/optimizer.ts';
import { Random } from '../engine/random.ts';
import type { TrainingConfiguration } from './configuration.ts';
import type { EpochEvent } from './events.ts';

/** Stream numbers, one for each use of random numbers; changing one changes all trained weights. */
export const streams = { weights: 0, order: 1, field: 2, batch: 3 } as const;

/** How far the run has come: plain data. */
export interface Progress {
  /** phases finished */
  phase: number;
  /** epochs of this phase finished */
  epoch: number;
  /** batches of this epoch finished */
  batch: number;
  /** steps taken since the run began */
  step: number;
  /** sum of the losses of this epoch's images so far, in nats */
  lossSum: number;
  /** the epochs finished, in all phases */
  history: EpochEvent[];
  /** highest validation accuracy so far, 0…1 */
  bestAccuracy: number;
  epochsSinceBest: number;
}

/** The parts of the state that own arrays. */
export interface TrainedArrays {
  readonly network: Network;
  readonly optimizer: Pick<Optimizer, 'state'>;
  /** the moving average of the weights, where the configuration has `averaging` */
  readonly averaged?: Network | undefined;
  /** the best weights so far, where the configuration has `earlyStopping` */
  readonly best?: Network | undefined;
}

export interface TrainingState extends TrainedArrays {
  readonly optimizer: Optimizer;
  readonly progress: Progress;
}

/** @param initial weights to begin with, copied; drawn at random if not given */
export function createTrainingState(
  configuration: TrainingConfiguration,
  seed: number,
  kernels: Kernels,
  initial?: Network,
): TrainingState {
  const { layerSizes, optimizer, averaging, earlyStopping } = configuration;
  const network = createNetwork(kernels, new Random(seed, streams.weights), layerSizes);
  if (initial) copyParameters(network, initial);
  return {
    network,
    optimizer: createOptimizer(network, optimizer),
    averaged: averaging && copyNetwork(network),
    best: earlyStopping && copyNetwork(network),
    progress: {
      phase: 0,
      epoch: 0,
      batch: 0,
      step: 0,
      lossSum: 0,
      history: [],
      bestAccuracy: 0,
      epochsSinceBest: 0,
    },
  };
}

/** The network that is validated and, in the end, kept. */
export function resultOf({ averaged, network }: TrainingState): Network {
  return averaged ?? network;
}

/** Sets one network's parameters to another's of the same layer sizes. */
export function copyParameters(target: Network, source: Network): void {
  const values = parametersOf(source);
  for (const [name, array] of parametersOf(target)) array.set(values.get(name)!);
}

/** Every array of the state by its name in a checkpoint. */
export function arraysOf(arrays: TrainedArrays): Map<string, Float32Array> {
  const { network, optimizer, averaged, best } = arrays;
  const prefixed = (prefix: string, part: Network | undefined) =>
    part ? [...parametersOf(part)].map(([name, values]) => [prefix + name, values] as const) : [];
  return new Map([
    ...prefixed('', network),
    ...[...optimizer.state].map(([name, values]) => [`optimizer.${name}`, values] as const),
    ...prefixed('averaged.', averaged),
    ...prefixed('best.', best),
  ]);
}
