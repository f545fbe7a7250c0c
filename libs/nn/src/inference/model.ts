// A trained network with everything that its use requires: preprocessing, temperature, thresholds.

import {
  type Activations,
  createActivations,
  forward,
  layerSizesOf,
  type Network,
} from '../engine/network.ts';
import { argmax, softmax } from '../engine/softmax.ts';
import { NnError, quoted } from '../errors.ts';
import { noPreprocessing } from '../preprocess/preprocess.ts';
import type { DataForm } from './data-form.ts';
import { type Decision, decide, freeEnergy, type RejectionThresholds } from './decision.ts';

/** The metadata of a model file: all but the weights. */
export interface ModelDescription {
  /** [inputs, …hidden, classes] */
  readonly layerSizes: readonly number[];
  /** name of the preprocessing that the network was trained with; 'none' for images as they are */
  readonly preprocessing: string;
  /** divides the logits before softmax (Guo, Pleiss, Sun and Weinberger 2017) */
  readonly temperature: number;
  /** seed of the training; 'unknown' if the file does not contain it */
  readonly seed: string;
  /** description of the training data; 'unknown' if the file does not contain it */
  readonly trainedOn: string;
  /** the rejection thresholds; null: every prediction is accepted */
  readonly acceptance: RejectionThresholds | null;
  /** null if it was not measured */
  readonly accuracy: MeasuredAccuracy | null;
  /** size of the images and names of the classes; absent for digits in the form of MNIST's */
  readonly form?: DataForm | undefined;
}

/** Accuracy on images that were not used in training. */
export interface MeasuredAccuracy {
  /** name of the data: 'MNIST test images' */
  readonly data: string;
  /** number of images */
  readonly count: number;
  /** number of correct predictions */
  readonly correct: number;
}

/** A network with its description and the working memory for one image. */
export interface Model extends ModelDescription {
  readonly network: Network;
  /** the activations of one image, overwritten by each call of `classify` */
  readonly activations: Activations;
}

/**
 * Creates a model from a network, allocating the activations of one image in kernel memory.
 *
 * @param description what is known of it; by default nothing: no preprocessing, temperature 1, no thresholds.
 * The layer sizes are those of the network.
 */
export function createModel(network: Network, description: Partial<ModelDescription> = {}): Model {
  return {
    preprocessing: noPreprocessing,
    temperature: 1,
    seed: 'unknown',
    trainedOn: 'unknown',
    acceptance: null,
    accuracy: null,
    ...description,
    layerSizes: layerSizesOf(network),
    network,
    activations: createActivations(network, 1),
  };
}

/** @throws NnError `invalid-options` for a caller without types that gives something else, or nothing */
export function expectModel(model: Model): void {
  if (model?.network && model.layerSizes) return;
  throw new NnError(
    'invalid-options',
    `model is ${quoted(model)}: expected what loadModel returns, or the \`model\` of what fit returns`,
  );
}

/** The result for one image. */
export interface Classification {
  /** the class with the highest probability; the lowest one on ties */
  readonly digit: number;
  /** the probability of `digit`, 0…1 */
  readonly confidence: number;
  /** [classes], sums to 1; a new array */
  readonly probabilities: Float32Array;
  readonly decision: Decision;
}

/**
 * Classifies one image. For several images `createBatchClassifier` is faster.
 *
 * @param pixels [inputs], 0…1, from the model's preprocessing; not kept
 * @throws NnError `data-mismatch` if `pixels` has another length than the network's input; `invalid-options` for
 * what is not a model
 */
export function classify(model: Model, pixels: Float32Array): Classification {
  expectModel(model);
  const [inputs] = model.layerSizes;
  if (pixels?.length !== inputs) {
    throw new NnError(
      'data-mismatch',
      `pixels has ${pixels?.length ?? 'no'} values: expected ${inputs}, as the network has inputs`,
    );
  }
  model.activations.input.set(pixels);
  const logits = forward(model.network, model.activations, 1);
  const probabilities = softmax(logits, model.temperature);
  const digit = argmax(probabilities);
  const confidence = probabilities[digit]!;
  const decision = decide({ confidence, energy: freeEnergy(logits) }, model.acceptance);
  return { digit, confidence, probabilities, decision };
}
