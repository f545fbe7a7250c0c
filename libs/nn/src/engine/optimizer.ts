// The optimizer of a network: SGD with momentum, or AdamW.

import { type AdamWOptions, createAdamW } from './adamw.ts';
import type { DenseGradients } from './kernels/kernels.ts';
import type { Network } from './network.ts';
import { listParameters, type OptimizerState, type ParameterOptimizer } from './parameters.ts';
import { createSgd, type SgdOptions } from './sgd.ts';

export type { OptimizerState, PartialStep } from './parameters.ts';

/** The optimizer of a training configuration and its constants. */
export type OptimizerOptions = SgdOptions | AdamWOptions;

/** An optimizer of all parameters, or of a part of one at a time. */
export interface Optimizer extends ParameterOptimizer {
  /**
   * Updates all parameters in place by one step.
   *
   * @param gradients of the mean loss over a batch, for every layer
   * @param t number of this step in the run, from 1
   */
  readonly step: (gradients: readonly DenseGradients[], learningRate: number, t: number) => void;
}

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
  const optimizer = createParameterOptimizer(network, options, state);
  const steps = listParameters(network).map(({ values, gradient }, i) => ({
    gradient,
    step: optimizer.createPartialStep(i, 0, values.length),
  }));
  return {
    ...optimizer,
    step(gradients, learningRate, t) {
      for (const { gradient, step } of steps) step(gradient(gradients), learningRate, t);
    },
  };
}

function createParameterOptimizer(
  network: Network,
  options: OptimizerOptions,
  state: OptimizerState,
): ParameterOptimizer {
  switch (options.type) {
    case 'sgd':
      return createSgd(network, options, state);
    case 'adamw':
      return createAdamW(network, options, state);
  }
}
