// The state of a training run between steps. It contains no random generators: each use of random numbers
// has its own stream, derived from the seed and the position in the run.

import type { Kernels } from '../engine/kernels/kernels.ts';
import { copyNetwork, createNetwork, type Network, parametersOf } from '../engine/network.ts';
import { createOptimizer, type Optimizer } from '../engine/optimizer.ts';
import { Random } from '../engine/random.ts';
import type { TrainingConfiguration } from './configuration.ts';
import type { EpochEvent } from './events.ts';

/** Stream numbers, one for each use of random numbers; changing one changes all trained weights. */
export const streams = { weights: 0, order: 1, field: 2, batch: 3 } as const;

/** The progress of a run, as plain data. */
export interface Progress {
  /** completed phases */
  phase: number;
  /** completed epochs of this phase */
  epoch: number;
  /** completed batches of this epoch */
  batch: number;
  /** steps since the beginning of the run */
  step: number;
  /** sum of the losses of this epoch's images so far, in nats */
  lossSum: number;
  /** the events of all completed epochs */
  history: EpochEvent[];
  /** highest validation accuracy so far, 0…1 */
  bestAccuracy: number;
  epochsSinceBest: number;
}

/** The parts of the state that own arrays. */
export interface TrainedArrays {
  readonly network: Network;
  readonly optimizer: Pick<Optimizer, 'state'>;
  /** the moving average of the weights, if the configuration has `averaging` */
  readonly averaged?: Network | undefined;
  /** the best weights so far, if the configuration has `earlyStopping` */
  readonly best?: Network | undefined;
}

/** The arrays and the progress of a run. */
export interface TrainingState extends TrainedArrays {
  readonly optimizer: Optimizer;
  readonly progress: Progress;
}

/**
 * Creates the state at the beginning of a run.
 *
 * @param initial a network whose weights are copied; random weights by default
 */
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

/** The network that is validated and saved: the average, if there is one. */
export function resultOf({ averaged, network }: TrainingState): Network {
  return averaged ?? network;
}

/** Copies the parameters of a network to another of the same layer sizes. */
export function copyParameters(target: Network, source: Network): void {
  const values = parametersOf(source);
  for (const [name, array] of parametersOf(target)) array.set(values.get(name)!);
}

/** All arrays of the state by their names in a checkpoint. */
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
