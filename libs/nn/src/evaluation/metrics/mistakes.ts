// The answers that a network should be most ashamed of.

import { outlierLabel, type Samples } from '../../data/samples.ts';
import { labelledPredictions } from './labelled-predictions.ts';

export interface Mistake {
  /** which of the pictures, from 0 */
  readonly index: number;
  readonly predicted: number;
  /** a class, or `outlierLabel` */
  readonly actual: number;
  /** probability of what was said, 0…1 */
  readonly confidence: number;
}

export interface PicturedMistake extends Mistake {
  /** ink of a square picture as the network saw it, 0…255 */
  readonly pixels: Uint8Array;
}

export interface MistakeOptions {
  /** how many at most */
  readonly maxMistakes: number;
  readonly temperature: number;
}

/**
 * The wrong answers, most confident first.
 *
 * @param logits [labels.length, classes]
 * @throws RangeError when logits and labels do not fit each other
 */
export function listMistakes(
  logits: Float32Array,
  labels: Uint8Array,
  { maxMistakes: count, temperature }: MistakeOptions,
): Mistake[] {
  return labelledPredictions(logits, labels, temperature)
    .map(({ predicted, actual, confidence }, index) => ({ index, predicted, actual, confidence }))
    .filter(({ predicted, actual }) => predicted !== actual)
    .sort((a, b) => b.confidence - a.confidence)
    .slice(0, count);
}

/**
 * The answers to pictures that have none, most confident first.
 *
 * @param confidences of the answers
 * @param predicted the answers, as many
 */
export function listFalsePositives(
  confidences: Float64Array,
  predicted: ArrayLike<number>,
  count: number,
): Mistake[] {
  return Array.from(confidences, (confidence, index) => ({
    index,
    predicted: predicted[index]!,
    actual: outlierLabel,
    confidence,
  }))
    .sort((a, b) => b.confidence - a.confidence)
    .slice(0, count);
}

/** @param samples that the mistakes were made with; the pixels are copies */
export function pictureMistakes(
  mistakes: readonly Mistake[],
  { inputs, size }: Samples,
): PicturedMistake[] {
  return mistakes.map(mistake => ({
    ...mistake,
    pixels: inputs.slice(mistake.index * size, (mistake.index + 1) * size),
  }));
}
