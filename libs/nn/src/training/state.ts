// All that a training run carries from step to step. Random numbers are no part of it: every place
// that draws some starts a stream of its own, named by the seed and the place.

import type { Kernels } from '../engine/kernels/kernels.ts';
import { copyNetwork, createNetwork, type Network, parametersOf } from '../engine/network.ts';
import { createOptimizer, type Optimizer } from '../engine/optimizer.ts';
import { Random } from '../engine/random.ts';
import type { TrainingConfiguration } from './configuration.ts';
import type { EpochEvent } from './events.ts';

/** What each stream of random numbers is for. */
export const streams = { weights: 0, order: 1, field: 2, batch: 3, dropout: 4 } as const;

/** Where the run stands: plain data. */
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
  bestAccuracy: number;
  epochsSinceBest: number;
}

/** What owns an array of the state. */
export interface TrainedArrays {
  readonly network: Network;
  readonly optimizer: Pick<Optimizer, 'state'>;
  /** the moving average of the weights, where the configuration wants one */
  readonly averaged: Network | null;
  /** the best weights so far, where the configuration stops early */
  readonly best: Network | null;
}

export interface TrainingState extends TrainedArrays {
  readonly optimizer: Optimizer;
  readonly progress: Progress;
}

/** @param initial weights to begin with, copied; null: drawn at random */
export function createTrainingState(
  configuration: TrainingConfiguration,
  seed: number,
  kernels: Kernels,
  initial: Network | null = null,
): TrainingState {
  const random = new Random(seed, streams.weights);
  const network = createNetwork(kernels, random, configuration.layerSizes);
  if (initial) copyParameters(network, initial);
  return {
    network,
    optimizer: createOptimizer(network, configuration.optimizer),
    averaged: configuration.averaging && copyNetwork(network),
    best: configuration.earlyStopping && copyNetwork(network),
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

/** Sets one network's parameters to another's. */
export function copyParameters(to: Network, from: Network): void {
  const values = parametersOf(from);
  for (const [name, array] of parametersOf(to)) array.set(values.get(name)!);
}

/** Every array of the state by a name of its own, for a checkpoint. */
export function arraysOf({ network, optimizer, averaged, best }: TrainedArrays) {
  const prefixed = (prefix: string, part: Network | null) =>
    part ? [...parametersOf(part)].map(([name, values]) => [prefix + name, values] as const) : [];
  return new Map<string, Float32Array>([
    ...prefixed('', network),
    ...[...optimizer.state].map(([name, values]) => [`optimizer.${name}`, values] as const),
    ...prefixed('averaged.', averaged),
    ...prefixed('best.', best),
  ]);
}
