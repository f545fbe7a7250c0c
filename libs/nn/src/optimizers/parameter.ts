// The arrays of a network one by one, each with what an optimizer keeps for it.
import type { DenseGradients } from '../layers/dense.ts';
import { type Network, parametersOf } from '../network/network.ts';

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
