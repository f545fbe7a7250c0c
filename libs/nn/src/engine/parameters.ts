// The parameters of a network as a list, and the interface of an optimizer's steps on them.

import { type Network, parametersOf } from './network.ts';

/** An optimizer that updates one parameter, or a part of one, at a time. */
export interface Optimizer {
  /** The arrays that the optimizer keeps between steps, by name; saved in checkpoints. */
  readonly state: OptimizerState;

  /**
   * Creates the step for values start … end − 1 of one parameter, which it updates in place.
   *
   * @param parameter index in the order of `parametersOf`
   */
  readonly createPartialStep: (parameter: number, start: number, end: number) => PartialStep;
}

/**
 * Updates a part of one parameter in place.
 *
 * @param gradient [end − start], of the mean loss over a batch
 * @param t number of this step in the run, from 1: Adam's bias correction depends on it
 */
export type PartialStep = (gradient: Float32Array, learningRate: number, t: number) => void;

/** An optimizer's arrays by name, for example 'velocity.layers.0.weight'; missing ones start at 0. */
export type OptimizerState = ReadonlyMap<string, Float32Array>;

/** One array of parameters, a weight or a bias. */
export interface Parameter {
  /** as in a model file: 'layers.0.weight' */
  readonly name: string;
  readonly values: Float32Array;
  /** Whether weight decay applies: to weights, but not to biases, which do not add model complexity. */
  readonly decays: boolean;
}

/** The parameters of a network in the order of `parametersOf`. */
export function listParameters(network: Network): Parameter[] {
  return [...parametersOf(network)].map(([name, values], i) => ({
    name,
    values,
    decays: i % 2 === 0,
  }));
}
