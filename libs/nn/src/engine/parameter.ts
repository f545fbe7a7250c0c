// The arrays of a network one by one, each with what an optimizer keeps for it.

import type { DenseGradients } from './dense.ts';
import { type Network, parametersOf } from './network.ts';
import type { Optimizer } from './optimizer.ts';

export interface Parameter {
  readonly name: string;
  readonly values: Float32Array;
  /** Weights decay, biases do not: a bias does not make a function more complicated. */
  readonly decays: boolean;
  readonly gradient: (gradients: readonly DenseGradients[]) => Float32Array;
}

export function listParameters(network: Network): Parameter[] {
  return [...parametersOf(network)].map(([name, values], i) => ({
    name,
    values,
    decays: i % 2 === 0,
    gradient: gradients => {
      const { dWeight, dBias } = gradients[i >> 1]!;
      return i % 2 === 0 ? dWeight : dBias;
    },
  }));
}

/** A step of every parameter as a whole. */
export function stepAll(
  parameters: readonly Parameter[],
  part: Optimizer['part'],
): Optimizer['step'] {
  const steps = parameters.map(({ values, gradient }, i) => ({
    gradient,
    step: part(i, 0, values.length),
  }));
  return (gradients, learningRate, count) => {
    for (const { gradient, step } of steps) step(gradient(gradients), learningRate, count);
  };
}
