// Lists the most confident wrong predictions.

import { outlierLabel, type Samples } from '../../data/samples.ts';
import { labelledPredictions } from './labelled-predictions.ts';

/** A wrong prediction. */
export interface Mistake {
  /** index of the image in its set, from 0 */
  readonly index: number;
  readonly predicted: number;
  /** a class, or `outlierLabel` */
  readonly actual: number;
  /** probability of the predicted class, 0…1 */
  readonly confidence: number;
}

/** A wrong prediction with its image. */
export interface PicturedMistake extends Mistake {
  /** the image as the network receives it, 0…255 */
  readonly pixels: Uint8Array;
  /** of the image; those of a square by default */
  readonly columns?: number | undefined;
}

/** Options of a list of mistakes. */
export interface MistakeOptions {
  readonly maxMistakes: number;
  /** divides the logits before softmax */
  readonly temperature: number;
}

/**
 * Lists the wrong predictions, most confident first.
 *
 * @param logits [labels.length, classes]
 * @throws RangeError if the sizes of logits and labels do not match
 */
export function listMistakes(
  logits: Float32Array,
  labels: Uint8Array,
  { maxMistakes, temperature }: MistakeOptions,
): Mistake[] {
  return labelledPredictions(logits, labels, temperature)
    .map(({ predicted, actual, confidence }, index) => ({ index, predicted, actual, confidence }))
    .filter(({ predicted, actual }) => predicted !== actual)
    .sort((a, b) => b.confidence - a.confidence)
    .slice(0, maxMistakes);
}

/**
 * Lists the predictions for outliers, most confident first.
 *
 * @param confidences [count], of the predictions
 * @param predicted [count], the predicted classes
 */
export function listFalsePositives(
  confidences: Float64Array,
  predicted: ArrayLike<number>,
  maxMistakes: number,
): Mistake[] {
  return Array.from(confidences, (confidence, index) => ({
    index,
    predicted: predicted[index]!,
    actual: outlierLabel,
    confidence,
  }))
    .sort((a, b) => b.confidence - a.confidence)
    .slice(0, maxMistakes);
}

/**
 * Adds the images to mistakes.
 *
 * @param samples the set that the mistakes' indices refer to; its pixels are copied
 */
export function pictureMistakes(
  mistakes: readonly Mistake[],
  { inputs, size, columns }: Samples,
): PicturedMistake[] {
  return mistakes.map(mistake => ({
    ...mistake,
    pixels: inputs.slice(mistake.index * size, (mistake.index + 1) * size),
    ...(columns !== undefined && { columns }),
  }));
}
