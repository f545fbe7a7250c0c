// Stochastic gradient descent with momentum, classical or Nesterov's.

import type { Network } from './network.ts';
import type { Optimizer, OptimizerState, PartialStep } from './optimizer.ts';
import { listParameters, stepAll } from './parameter.ts';

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
  state: OptimizerState,
): Optimizer {
  const { kernels } = network;
  const parameters = listParameters(network).map(parameter => ({
    ...parameter,
    velocity: state.get(`velocity.${parameter.name}`) ?? kernels.allocate(parameter.values.length),
  }));
  const weights = nesterov
    ? { gradientWeight: 1, velocityWeight: momentum }
    : { gradientWeight: 0, velocityWeight: 1 };
  const part = (index: number, from: number, to: number): PartialStep => {
    const { values, velocity, decays } = parameters[index]!;
    const [value, speed] = [values.subarray(from, to), velocity.subarray(from, to)];
    const constants = { momentum, weightDecay: decays ? weightDecay : 0, ...weights };
    return (gradient, learningRate) =>
      kernels.momentumStep(value, speed, gradient, { learningRate, ...constants });
  };
  return {
    state: new Map(parameters.map(({ name, velocity }) => [`velocity.${name}`, velocity])),
    part,
    step: stepAll(parameters, part),
  };
}
