// The document of nn:evaluate --json, which is also written to evaluation.json.

import type { Mistake } from '../../src/evaluation/metrics/mistakes.ts';
import type { SetGroup } from '../../src/evaluation/sets/evaluation-set.ts';
import type { MeasuredSets, SetMeasurements } from '../../src/evaluation/sets/measure-sets.ts';
import type { SetEvaluation } from '../../src/evaluation/sets/set-evaluation.ts';
import type { ModelDescription } from '../../src/inference/model.ts';

/** The document. Evaluations are in the order test images, validation images, other sets. */
export interface EvaluationDocument extends SetMeasurements {
  readonly model: ModelDescription & { readonly version: string; readonly sha256: string };
  readonly data: {
    readonly name: string;
    /** SHA-256 by file name */
    readonly digests: Readonly<Record<string, string>>;
    /** SHA-256 by file name, for the files of pen strokes */
    readonly strokes: Readonly<Record<string, string>>;
    /** SHA-256 by the names of folder and file, for further pictures */
    readonly pictures: Readonly<Record<string, string>>;
  };
  /** seed of the random choices in the sets */
  readonly seed: number;
  readonly throughput: Throughput;
  /** the worst mistakes of every set, with the image's index instead of its pixels */
  readonly worst: readonly WorstByNumber[];
}

interface WorstByNumber {
  readonly name: string;
  readonly group: SetGroup;
  readonly mistakes: readonly WrittenMistake[];
}

interface WrittenMistake extends Pick<Mistake, 'index' | 'confidence'> {
  /** the predicted class */
  readonly said: number;
  /** the actual class */
  readonly right: number;
}

/** The speed of the forward pass. */
export interface Throughput {
  /** median of several passes over the test images, from pixels to logits */
  readonly imagesPerSecond: number;
  readonly batchSize: number;
  /** name of the backend */
  readonly kernels: string;
}

/** The evaluations of test and validation images, which reports show side by side. */
export function firstEvaluations({
  evaluations,
}: SetMeasurements): readonly [SetEvaluation, SetEvaluation] {
  return [evaluations[0]!, evaluations[1]!];
}

/** Converts mistakes to the document's format, without pixels. */
export function worstByNumber(worst: MeasuredSets['worst']): WorstByNumber[] {
  return worst.map(({ name, group, mistakes }) => ({
    name,
    group,
    mistakes: mistakes.map(({ index, predicted, actual, confidence }) => ({
      index,
      said: predicted,
      right: actual,
      confidence,
    })),
  }));
}
