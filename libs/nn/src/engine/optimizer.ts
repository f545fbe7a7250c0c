// The optimizer of a network: SGD with momentum, or AdamW.

import { type AdamWOptions, createAdamW } from './adamw.ts';
import type { Network } from './network.ts';
import type { Optimizer, OptimizerState } from './parameters.ts';
import { createSgd, type SgdOptions } from './sgd.ts';

export type { Optimizer, OptimizerState, PartialStep } from './parameters.ts';

/** The optimizer of a training configuration and its constants. */
export type OptimizerOptions = SgdOptions | AdamWOptions;

/**
 * Creates an optimizer for the parameters of a network, which it updates in place.
 *
 * @param state the optimizer's arrays from an earlier run, used without copying; zeros by default
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
