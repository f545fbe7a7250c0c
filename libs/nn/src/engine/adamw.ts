// AdamW: Adam with weight decay apart from the gradient (Loshchilov and Hutter 2019).

import type { Network } from './network.ts';
import type { Optimizer, OptimizerState, PartialStep } from './optimizer.ts';
import { listParameters, stepAll } from './parameter.ts';

export interface AdamWOptions {
  readonly type: 'adamw';
  /** how much of the mean gradient a step keeps, 0…1 exclusive; usually 0.9 */
  readonly beta1: number;
  /** how much of the mean squared gradient a step keeps; usually 0.999 */
  readonly beta2: number;
  /** keeps the division finite; usually 1e-8 */
  readonly epsilon: number;
  /** share of the weights that a step at learning rate 1 would take away */
  readonly weightDecay: number;
}

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
  const part = (index: number, from: number, to: number): PartialStep => {
    const { values, mean, square, decays } = parameters[index]!;
    const [value, first, second] = [values, mean, square].map(array => array.subarray(from, to));
    return (gradient, learningRate, count) =>
      kernels.adamStep(value!, first!, second!, gradient, {
        beta1,
        beta2,
        rate: learningRate / (1 - beta1 ** count),
        squareScale: 1 / Math.sqrt(1 - beta2 ** count),
        epsilon,
        keep: decays ? 1 - learningRate * weightDecay : 1,
      });
  };
  return {
    state: new Map(
      parameters.flatMap(({ name, mean, square }) => [
        [`mean.${name}`, mean] as const,
        [`square.${name}`, square] as const,
      ]),
    ),
    part,
    step: stepAll(parameters, part),
  };
}
