// A trained network together with what one must know to use it.

import { type Activations, createActivations, forward, type Network } from '../engine/network.ts';
import { argmax, softmax } from '../engine/softmax.ts';
import { type Acceptance, freeEnergy, judge, type Verdict } from './decision.ts';

/** What is known of a network besides its weights. */
export interface ModelDescription {
  /** [inputs, …hidden, classes] */
  readonly layerSizes: readonly number[];
  /** name of the function that makes a picture into the network's input */
  readonly preprocessing: string;
  /** divides the logits before softmax */
  readonly temperature: number;
  readonly seed: string;
  readonly trainedOn: string;
  /** what an answer must have to be acted on; null where every answer is as good */
  readonly acceptance: Acceptance | null;
  /** null where nobody measured */
  readonly accuracy: MeasuredAccuracy | null;
}

/** How many pictures the network read right that it had never seen. */
export interface MeasuredAccuracy {
  /** name of the data: 'MNIST test images' */
  readonly data: string;
  readonly count: number;
  readonly correct: number;
}

export interface Model extends ModelDescription {
  readonly network: Network;
  /** room for one picture, used again for every one */
  readonly activations: Activations;
}

export function createModel(network: Network, description: ModelDescription): Model {
  return { ...description, network, activations: createActivations(network, 1) };
}

export interface Classification {
  readonly digit: number;
  /** probability of that digit */
  readonly confidence: number;
  /** [classes], sums to 1 */
  readonly probabilities: Float32Array;
  readonly verdict: Verdict;
}

/** @param pixels [inputs], as the model's preprocessing made them; not kept */
export function classify(model: Model, pixels: Float32Array): Classification {
  model.activations.input.set(pixels);
  const logits = forward(model.network, model.activations, 1);
  const probabilities = softmax(logits, model.temperature);
  const digit = argmax(probabilities);
  const confidence = probabilities[digit]!;
  const verdict = judge({ confidence, energy: freeEnergy(logits) }, model.acceptance);
  return { digit, confidence, probabilities, verdict };
}
