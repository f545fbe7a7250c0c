// Some images at once, from the network's input to its answers.

import {
  type BatchClassification,
  createBatchClassifier,
  type LoadedModel,
  networkInputs,
} from '@digits/nn';
import { memoizePerModel } from './once-per-model.ts';

export const classCount = 10;

/** The most images in one call: of a large network they take some milliseconds. */
export const maxImagesPerCall = 64;

const classifierOf = memoizePerModel(({ model }) => createBatchClassifier(model, maxImagesPerCall));

/**
 * @param inputs [count, 784] ink in 0…1, row-major
 * @param count at most `mostAtOnce`
 * @returns views that stay valid until the next call
 */
export function classifyMany(
  champion: LoadedModel,
  inputs: Float32Array,
  count: number,
): BatchClassification {
  return classifierOf(champion)(inputs, count);
}

/** Packs a model's weights before somebody waits for them. */
export function warmUpClassifier(champion: LoadedModel): void {
  classifyMany(champion, new Float32Array(networkInputs), 1);
}
