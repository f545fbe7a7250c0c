// Classifies preprocessed pictures with the loaded model, one or several in a call.

import {
  type BatchClassification,
  createBatchClassifier,
  type LoadedModel,
  networkInputs,
} from '@digits/nn';
import type { Prediction } from '@digits/protocol';
import { memoizePerModel } from './model-store.ts';

export const classCount = 10;

/** Maximum images in one call. With a large network they take some milliseconds. */
export const maxImagesPerCall = 64;

/** The members of a prediction that the network decides. */
export type Answer = Pick<
  Prediction,
  'digit' | 'confidence' | 'probabilities' | 'accepted' | 'reason'
>;

export type DigitAnswer = Answer & { readonly digit: number };

const classifierOf = memoizePerModel(({ model }) => createBatchClassifier(model, maxImagesPerCall));

/**
 * @param inputs [count, 784] ink in 0…1, row-major
 * @param count at most `maxImagesPerCall`
 * @returns views that stay valid until the next call
 */
export function classifyMany(
  champion: LoadedModel,
  inputs: Float32Array,
  count: number,
): BatchClassification {
  return classifierOf(champion)(inputs, count);
}

/** @param pixels [784] ink in 0…1, not blank */
export function classify(pixels: Float32Array, champion: LoadedModel): DigitAnswer {
  return answerAt(classifyMany(champion, pixels, 1), 0);
}

/** The answer to one image of a batch. */
export function answerAt(
  { probabilities, digits, decisions }: BatchClassification,
  i: number,
): DigitAnswer {
  const digit = digits[i]!;
  const row = Array.from(probabilities.subarray(i * classCount, (i + 1) * classCount));
  const decision = decisions[i]!;
  const accepted = decision === 'accepted';
  return {
    digit,
    confidence: row[digit]!,
    probabilities: row,
    accepted,
    reason: accepted ? null : decision,
  };
}

const uniform = Array.from({ length: classCount }, () => 1 / classCount);

/** The answer to a blank picture: no digit, and all ten equally likely. */
export function blankAnswer(): Answer {
  return { digit: null, confidence: 0, probabilities: uniform, accepted: false, reason: 'blank' };
}

/** Packs a model's weights before the first picture needs them. */
export function warmUpClassifier(champion: LoadedModel): void {
  classifyMany(champion, new Float32Array(networkInputs), 1);
}
