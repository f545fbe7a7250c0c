// A neuron of the service's network, by itself and for one drawing.

import type { ServedModel } from '../prediction/prediction.ts';

/** Where a neuron is. */
export interface NeuronPosition {
  /** From 1, the first hidden layer; the last one has the ten outputs. */
  readonly layer: number;
  /** From 0. */
  readonly index: number;
}

export function isSameNeuron(
  one: NeuronPosition | undefined,
  other: NeuronPosition | undefined,
): boolean {
  return one?.layer === other?.layer && one?.index === other?.index;
}

/** One of the MNIST test images that excite a neuron most. */
export interface NeuronExample {
  /** Among the test images, from 0. */
  readonly index: number;
  /** 0…9 */
  readonly label: number;
  /** The neuron's output for it. */
  readonly activation: number;
  /** 28×28 bytes in rows; ink is 255. */
  readonly pixels: Uint8Array;
}

/** A neuron by itself, the same for every drawing. */
export interface Neuron extends NeuronPosition {
  readonly model: ServedModel;
  readonly bias: number;
  /** One for each value of the layer before. */
  readonly weights: readonly number[];
  /** 28×28 values in rows: the weights, carried back to the input through all neurons between. */
  readonly inputWeights: readonly number[];
  /** For each digit, how much the neuron speaks for it (above 0) or against it. */
  readonly digitWeights: readonly number[];
  /** The strongest first, at most nine; `undefined` unless the status is `ready`. */
  readonly examples: readonly NeuronExample[] | undefined;
  /** `computing`: they are there some seconds later; `unavailable`: the service has no test images. */
  readonly examplesStatus: 'ready' | 'computing' | 'unavailable';
}

/** A neuron for one drawing, along the path of the neurons that the drawing activates. */
export interface NeuronActivation extends NeuronPosition {
  readonly model: ServedModel;
  /** Its output: 0 or more in a hidden layer, a logit in the last one. */
  readonly activation: number;
  /** 28×28 values in rows, also for a neuron whose output is 0. */
  readonly inputWeights: readonly number[];
  /** For each digit, how much the neuron speaks for it (above 0) or against it. */
  readonly digitWeights: readonly number[];
}
