// The predicted and the actual class of every image, computed from logits and labels.

import { argmax } from '../../engine/softmax.ts';

/** The prediction for one image with a label. */
export interface LabelledPrediction {
  /** the class with the highest probability */
  readonly predicted: number;
  /** the class according to the label */
  readonly actual: number;
  /** probability of the predicted class, 0…1 */
  readonly confidence: number;
  /** −ln of the probability of the actual class, in nats */
  readonly negativeLogLikelihood: number;
}

/**
 * Computes the prediction for every image.
 *
 * @param logits [labels.length, classes]
 * @param temperature divides the logits before softmax
 * @throws RangeError if there are no labels, if the logits are not one complete row per label, or if a
 * label is not a class
 */
export function labelledPredictions(
  logits: Float32Array,
  labels: Uint8Array,
  temperature: number,
): LabelledPrediction[] {
  const N = classCountOf(logits, labels);
  return Array.from(labels, (actual, i) => {
    const row = logits.subarray(i * N, (i + 1) * N);
    const predicted = argmax(row);
    let sum = 0;
    for (const logit of row) sum += Math.exp((logit - row[predicted]!) / temperature);
    return {
      predicted,
      actual,
      confidence: 1 / sum,
      negativeLogLikelihood: Math.log(sum) + (row[predicted]! - row[actual]!) / temperature,
    };
  });
}

/**
 * The number of classes, logits.length / labels.length.
 *
 * @param logits [labels.length, classes]
 * @throws RangeError as `labelledPredictions` does
 */
export function classCountOf(logits: Float32Array, labels: Uint8Array): number {
  const N = logits.length / labels.length;
  if (labels.length > 0 && Number.isInteger(N) && labels.every(label => label < N)) return N;
  throw new RangeError(
    `${logits.length} logits for ${labels.length} labels: expected at least one label, the same ` +
      'number of logits for each, and labels below that number',
  );
}
