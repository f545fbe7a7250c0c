// The confusion matrix, and precision, recall and F1 of each class.

import type { LabelledPrediction } from './labelled-predictions.ts';

/** [actual][predicted]: number of images of the actual class that were classified as the predicted one. */
export type ConfusionMatrix = readonly (readonly number[])[];

/** Precision, recall and F1 of one class; null if a figure is undefined (0 / 0). */
export interface ClassFigures {
  readonly name: string;
  /** images of this class */
  readonly count: number;
  /** the fraction of the images classified as this class that belong to it */
  readonly precision: number | null;
  /** the fraction of this class's images that are classified correctly */
  readonly recall: number | null;
  /** the harmonic mean of precision and recall, 2·hits / (predicted + count) */
  readonly f1: number | null;
}

/** The number of images of one class that were classified as another. */
export interface Confusion {
  readonly actual: number;
  readonly predicted: number;
  /** at least 1 */
  readonly count: number;
}

/** Counts actual and predicted classes. @returns [classCount][classCount] */
export function countConfusions(
  predictions: readonly LabelledPrediction[],
  classCount: number,
): ConfusionMatrix {
  const matrix = Array.from({ length: classCount }, () => new Array<number>(classCount).fill(0));
  for (const { actual, predicted } of predictions) matrix[actual]![predicted]!++;
  return matrix;
}

/** Adds the matrices of several sets of the same classes. @param matrices at least one */
export function sumConfusions(matrices: readonly ConfusionMatrix[]): ConfusionMatrix {
  return matrices.reduce((total, matrix) =>
    total.map((row, actual) => row.map((count, predicted) => count + matrix[actual]![predicted]!)),
  );
}

/**
 * Computes the figures of every class.
 *
 * @param names of the classes, one per row of the matrix
 */
export function classFiguresOf(matrix: ConfusionMatrix, names: readonly string[]): ClassFigures[] {
  return matrix.map((row, i) => {
    const hits = row[i]!;
    const count = sum(row);
    const predicted = sum(matrix.map(other => other[i]!));
    return {
      name: names[i]!,
      count,
      precision: ratio(hits, predicted),
      recall: ratio(hits, count),
      f1: ratio(2 * hits, predicted + count),
    };
  });
}

/** @returns the most frequent confusion, the first one on ties; undefined if there is none */
export function mostFrequentConfusion(matrix: ConfusionMatrix): Confusion | undefined {
  let most: Confusion | undefined;
  for (const [actual, row] of matrix.entries()) {
    for (const [predicted, count] of row.entries()) {
      if (predicted === actual || count <= (most?.count ?? 0)) continue;
      most = { actual, predicted, count };
    }
  }
  return most;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
