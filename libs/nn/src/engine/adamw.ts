// AdamW: Adam with decoupled weight decay (Loshchilov and Hutter 2019, algorithm 2), at step t:
//
//   mean ← β₁ · mean + (1 − β₁) · gradient
//   square ← β₂ · square + (1 − β₂) · gradient²
//   parameter ← (1 − learningRate · weightDecay) · parameter
//               − learningRate · (mean / (1 − β₁ᵗ)) / (√(square / (1 − β₂ᵗ)) + ε)

import type { Network } from './network.ts';
import {
  listParameters,
  type Optimizer,
  type OptimizerState,
  type PartialStep,
} from './parameters.ts';

/** The constants of AdamW. */
export interface AdamWOptions {
  readonly type: 'adamw';
  /** decay of the running mean of the gradient, 0 ≤ beta1 < 1; usually 0.9 */
  readonly beta1: number;
  /** decay of the running mean of the squared gradient, 0 ≤ beta2 < 1; usually 0.999 */
  readonly beta2: number;
  /** ε, avoids a division by 0; usually 1e-8 */
  readonly epsilon: number;
  /** decoupled weight decay, multiplied by the learning rate; not applied to biases */
  readonly weightDecay: number;
}

/** Creates AdamW, whose state is `mean.<name>` and `square.<name>` for each parameter. */
export function createAdamW(
  network: Network,
  { beta1, beta2, epsilon, weightDecay }: AdamWOptions,
  state: OptimizerState,
): Optimizer {
  const { kernels } = network;
  const parameters = listParameters(network).map(parameter => ({
    ...parameter,
    mean: state.get(`mean.${parameter.name}`) ?? kernels.allocate(parameter.values.length),
    square: state.get(`square.${parameter.name}`) ?? kernels.allocate(parameter.values.length),
  }));
  const createPartialStep = (index: number, start: number, end: number): PartialStep => {
    const parameter = parameters[index]!;
    const values = parameter.values.subarray(start, end);
    const moments = {
      mean: parameter.mean.subarray(start, end),
      square: parameter.square.subarray(start, end),
    };
    return (gradient, learningRate, t) =>
      kernels.adamStep(values, moments, gradient, {
        beta1,
        beta2,
        stepSize: learningRate / (1 - beta1 ** t),
        squareScale: 1 / Math.sqrt(1 - beta2 ** t),
        epsilon,
        decayFactor: parameter.decays ? 1 - learningRate * weightDecay : 1,
      });
  };
  return {
    state: new Map(
      parameters.flatMap(({ name, mean, square }) => [
        [`mean.${name}`, mean] as const,
        [`square.${name}`, square] as const,
      ]),
    ),
    createPartialStep,
  };
}
