// Which class is taken for which, and what that makes of each class.

import type { LabelledPrediction } from './labelled-predictions.ts';

/** [actual][predicted]: number of images of the one class that were classified as the other. */
export type ConfusionMatrix = readonly (readonly number[])[];

/** Null stands for 0 / 0: nothing to judge by. */
export interface ClassFigures {
  readonly name: string;
  /** pictures of this class */
  readonly count: number;
  /** of the pictures said to be this class, the share that is */
  readonly precision: number | null;
  /** of this class's pictures, the share that was said to be it */
  readonly recall: number | null;
  /** the harmonic mean of both, 2·hits / (predicted + count) */
  readonly f1: number | null;
}

export function countConfusions(
  answers: readonly LabelledPrediction[],
  classCount: number,
): ConfusionMatrix {
  const matrix = Array.from({ length: classCount }, () => new Array<number>(classCount).fill(0));
  for (const { actual, predicted } of answers) matrix[actual]![predicted]!++;
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

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
