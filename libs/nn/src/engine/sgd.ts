// Stochastic gradient descent with classical momentum (Polyak 1964) or Nesterov's (Sutskever, Martens,
// Dahl and Hinton 2013, in the form of PyTorch):
//
//   g = gradient + weightDecay · parameter
//   velocity ← momentum · velocity + g
//   parameter ← parameter − learningRate · velocity                       classical
//   parameter ← parameter − learningRate · (g + momentum · velocity)      Nesterov

import type { Network } from './network.ts';
import {
  listParameters,
  type Optimizer,
  type OptimizerState,
  type PartialStep,
} from './parameters.ts';

/** The constants of stochastic gradient descent. */
export interface SgdOptions {
  readonly type: 'sgd';
  /** fraction of the velocity kept in each step, 0 ≤ momentum < 1; 0 is plain gradient descent */
  readonly momentum: number;
  readonly nesterov: boolean;
  /** L2 penalty of the weights, added to their gradient; not applied to biases */
  readonly weightDecay: number;
}

/** Creates SGD with momentum, whose state is `velocity.<name>` for each parameter. */
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
  const directionWeights = nesterov
    ? { gradientWeight: 1, velocityWeight: momentum }
    : { gradientWeight: 0, velocityWeight: 1 };
  const createPartialStep = (index: number, start: number, end: number): PartialStep => {
    const parameter = parameters[index]!;
    const values = parameter.values.subarray(start, end);
    const velocity = parameter.velocity.subarray(start, end);
    const decay = parameter.decays ? weightDecay : 0;
    const constants = { momentum, weightDecay: decay, ...directionWeights };
    return (gradient, learningRate) =>
      kernels.momentumStep(values, velocity, gradient, { learningRate, ...constants });
  };
  return {
    state: new Map(parameters.map(({ name, velocity }) => [`velocity.${name}`, velocity])),
    createPartialStep,
  };
}
