// The choice of the optimizer: SGD with momentum, or AdamW.

import { type AdamWOptions, createAdamW } from './adamw.ts';
import type { Network } from './network.ts';
import type { Optimizer, OptimizerState } from './parameter-steps.ts';
import { createSgd, type SgdOptions } from './sgd.ts';

export type { Optimizer, OptimizerState, PartialStep } from './parameter-steps.ts';

export type OptimizerOptions = SgdOptions | AdamWOptions;

/**
 * An optimizer for the parameters of a network, which it changes in place.
 *
 * @param state its arrays from an earlier run, taken over and not copied; zeros by default
 */
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
