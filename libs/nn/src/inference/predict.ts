// Predicts the classes of inputs of any network.

import { type InputRows, matrixOf } from '../input-rows.ts';
import { type BatchClassifier, createBatchClassifier } from './batch-classifier.ts';
import { expectModel, type Model } from './model.ts';

/** The prediction for one input. */
export interface PredictedClass {
  /** the class with the highest probability; the lowest one on ties */
  readonly label: number;
  /** the probability of `label`, 0…1 */
  readonly confidence: number;
  /** [classes], sums to 1; a new array */
  readonly probabilities: Float32Array;
}

/** Inputs per forward pass; larger batches are not faster (docs/experiments.md). */
const batchSize = 128;

/** Kernel memory is never freed: one classifier for each model. */
const classifiers = new WeakMap<Model, BatchClassifier>();

/**
 * Predicts the class of every row.
 *
 *     const [{ label, confidence }] = predict(model, [[0.2, 1.5]]);
 *
 * For a model of digits use `classify`, which also decides whether the picture is a digit at all.
 *
 * @param inputs [rows, inputs of the network]
 * @returns one prediction for each row, in their order
 * @throws NnError `invalid-options` for what is not a model or rows; `data-mismatch` if a row has another size
 * than the network's input; `data-corrupt` for what is not a finite number
 */
export function predict(model: Model, inputs: InputRows): PredictedClass[] {
  expectModel(model);
  const [size, classes] = [model.layerSizes[0]!, model.layerSizes.at(-1)!];
  const matrix = matrixOf(inputs, size);
  const classifier = classifiers.get(model) ?? createBatchClassifier(model, batchSize);
  classifiers.set(model, classifier);
  const predictions: PredictedClass[] = [];
  for (let start = 0; start < matrix.length; start += batchSize * size) {
    const batch = matrix.subarray(start, start + batchSize * size);
    const { digits, probabilities } = classifier(batch, batch.length / size);
    for (const [m, label] of digits.entries()) {
      const row = probabilities.slice(m * classes, (m + 1) * classes);
      predictions.push({ label, confidence: row[label]!, probabilities: row });
    }
  }
  return predictions;
}
