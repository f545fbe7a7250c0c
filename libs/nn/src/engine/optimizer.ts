// What every optimizer is to training: arrays to keep, and a step to take.

import { type AdamWOptions, createAdamW } from './adamw.ts';
import type { DenseGradients } from './dense.ts';
import type { Network } from './network.ts';
import { createSgd, type SgdOptions } from './sgd.ts';

export interface Optimizer {
  /** Whatever the optimizer remembers between steps, by name; a checkpoint keeps these. */
  readonly state: OptimizerState;

  /**
   * One step down the gradients, changing the network's parameters in place.
   *
   * @param count which step of the run this is, from 1
   */
  readonly step: (
    gradients: readonly DenseGradients[],
    learningRate: number,
    count: number,
  ) => void;

  /** The same step for values from … to of one parameter alone, in the order of `parametersOf`. */
  readonly part: (parameter: number, from: number, to: number) => PartialStep;
}

/** @param gradient by these values */
export type PartialStep = (gradient: Float32Array, learningRate: number, count: number) => void;

/** What the optimizer is to go on with, by name; whatever is missing begins as zeros. */
export type OptimizerState = ReadonlyMap<string, Float32Array>;

export type OptimizerOptions = SgdOptions | AdamWOptions;

export function createOptimizer(
  network: Network,
  options: OptimizerOptions,
  state: OptimizerState = new Map(),
): Optimizer {
  switch (options.type) {
    case 'sgd':
      return createSgd(network, options, state);
    case 'adamw':
      return createAdamW(network, options, state);
  }
}
