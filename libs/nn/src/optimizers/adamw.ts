// AdamW: Adam with weight decay apart from the gradient (Loshchilov and Hutter 2019).
import type { Network } from '../network/network.ts';
import type { Optimizer } from './optimizer.ts';
import { listParameters } from './parameter.ts';

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
): Optimizer {
  const { kernels } = network;
  const parameters = listParameters(network).map(parameter => ({
    ...parameter,
    mean: kernels.allocate(parameter.values.length),
    square: kernels.allocate(parameter.values.length),
  }));
  return {
    state: new Map(
      parameters.flatMap(({ name, mean, square }) => [
        [`mean.${name}`, mean] as const,
        [`square.${name}`, square] as const,
      ]),
    ),
    step(gradients, learningRate, count) {
      for (const { values, mean, square, decays, gradient } of parameters) {
        kernels.adamStep(values, mean, square, gradient(gradients), {
          beta1,
          beta2,
          rate: learningRate / (1 - beta1 ** count),
          squareScale: 1 / Math.sqrt(1 - beta2 ** count),
          epsilon,
          keep: decays ? 1 - learningRate * weightDecay : 1,
        });
      }
    },
  };
}
