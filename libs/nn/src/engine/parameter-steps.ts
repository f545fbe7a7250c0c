// The interface of an optimizer, and how it steps through the parameters of a network one by one.

import type { DenseGradients } from './kernels/kernels.ts';
import { type Network, parametersOf } from './network.ts';

export interface Optimizer {
  /** The arrays that the optimizer keeps between steps, by name; a checkpoint holds them. */
  readonly state: OptimizerState;

  /**
   * One step of all parameters, in place.
   *
   * @param gradients of the mean loss over a batch, for every layer
   * @param count number of this step in the run, from 1
   */
  readonly step: (
    gradients: readonly DenseGradients[],
    learningRate: number,
    count: number,
  ) => void;

  /**
   * The same step for a part of one parameter: values start … end − 1 of an array of `parametersOf`.
   *
   * @param parameter index in the order of `parametersOf`
   */
  readonly part: (parameter: number, start: number, end: number) => PartialStep;
}

/** @param gradient [end − start], of the mean loss over a batch */
export type PartialStep = (gradient: Float32Array, learningRate: number, count: number) => void;

/** An optimizer's arrays by name, as 'velocity.layers.0.weight'; missing ones start as zeros. */
export type OptimizerState = ReadonlyMap<string, Float32Array>;

export interface Parameter {
  /** as in a model file: 'layers.0.weight' */
  readonly name: string;
  readonly values: Float32Array;
  /** Weight decay applies to weights and not to biases, which do not make a function more complex. */
  readonly decays: boolean;
  readonly gradient: (gradients: readonly DenseGradients[]) => Float32Array;
}

/** The parameters of a network in the order of `parametersOf`. */
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

/** The step of all parameters, from the steps of their parts. */
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
