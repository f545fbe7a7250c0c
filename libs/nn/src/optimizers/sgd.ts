// Stochastic gradient descent with momentum, classical or Nesterov's.
import type { Network } from '../network/network.ts';
import type { Optimizer } from './optimizer.ts';
import { listParameters } from './parameter.ts';

export interface SgdOptions {
  readonly type: 'sgd';
  /** share of the velocity that a step keeps, 0…1 exclusive; 0 is plain gradient descent */
  readonly momentum: number;
  readonly nesterov: boolean;
  /** pull of the weights towards 0, added to their gradient */
  readonly weightDecay: number;
}

export function createSgd(
  network: Network,
  { momentum, nesterov, weightDecay }: SgdOptions,
): Optimizer {
  const { kernels } = network;
  const parameters = listParameters(network).map(parameter => ({
    ...parameter,
    velocity: kernels.allocate(parameter.values.length),
  }));
  const shares = nesterov
    ? { gradientShare: 1, velocityShare: momentum }
    : { gradientShare: 0, velocityShare: 1 };
  return {
    state: new Map(parameters.map(({ name, velocity }) => [`velocity.${name}`, velocity])),
    step(gradients, learningRate) {
      for (const { values, velocity, decays, gradient } of parameters) {
        kernels.momentumStep(values, velocity, gradient(gradients), {
          learningRate,
          momentum,
          weightDecay: decays ? weightDecay : 0,
          ...shares,
        });
      }
    },
  };
}
