// What every optimizer is to training: arrays to keep, and a step to take.
import type { DenseGradients } from '../layers/dense.ts';
import type { Network } from '../network/network.ts';
import { type AdamWOptions, createAdamW } from './adamw.ts';
import { createSgd, type SgdOptions } from './sgd.ts';

export interface Optimizer {
  /** Whatever the optimizer remembers between steps, by name; a checkpoint keeps these. */
  readonly state: ReadonlyMap<string, Float32Array>;

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
}

export type OptimizerOptions = SgdOptions | AdamWOptions;

export function createOptimizer(network: Network, options: OptimizerOptions): Optimizer {
  switch (options.type) {
    case 'sgd':
      return createSgd(network, options);
    case 'adamw':
      return createAdamW(network, options);
  }
}
