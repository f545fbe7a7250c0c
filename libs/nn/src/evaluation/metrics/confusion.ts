// The confusion matrix, and precision, recall and F1 of each class.

import type { LabelledPrediction } from './labelled-predictions.ts';

/** [actual][predicted]: number of images of the one class that were classified as the other. */
export type ConfusionMatrix = readonly (readonly number[])[];

/** Null stands for 0 / 0, where a figure is not defined. */
export interface ClassFigures {
  readonly name: string;
  /** images of this class */
  readonly count: number;
  /** of the images that were classified as this class, the fraction that belongs to it */
  readonly precision: number | null;
  /** of this class's images, the fraction that was classified as it */
  readonly recall: number | null;
  /** the harmonic mean of both, 2·hits / (predicted + count) */
  readonly f1: number | null;
}

/** A mistake of one kind: images of one class that were classified as another. */
export interface Confusion {
  readonly actual: number;
  readonly predicted: number;
  /** at least 1 */
  readonly count: number;
}

/** @returns [classCount][classCount], indexed as `ConfusionMatrix` */
export function countConfusions(
  predictions: readonly LabelledPrediction[],
  classCount: number,
): ConfusionMatrix {
  const matrix = Array.from({ length: classCount }, () => new Array<number>(classCount).fill(0));
  for (const { actual, predicted } of predictions) matrix[actual]![predicted]!++;
  return matrix;
}

/** @param names of the classes, as many as the matrix has rows */
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

/** @returns the first of the most frequent mistakes, undefined where there is no mistake */
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
