// The document of nn:evaluate --json, also written to evaluation.json.

import type { Mistake } from '../../src/evaluation/metrics/mistakes.ts';
import type { SetGroup } from '../../src/evaluation/sets/evaluation-set.ts';
import type { MeasuredSets, SetMeasurements } from '../../src/evaluation/sets/measure-sets.ts';
import type { SetEvaluation } from '../../src/evaluation/sets/set-evaluation.ts';
import type { ModelDescription } from '../../src/inference/model.ts';

/** The evaluations: test images first, then validation images, then the other sets. */
export interface EvaluationDocument extends SetMeasurements {
  readonly model: ModelDescription & { readonly version: string; readonly sha256: string };
  readonly data: {
    readonly name: string;
    /** SHA-256 by file name */
    readonly digests: Readonly<Record<string, string>>;
    /** SHA-256 by file name, of the files of pen strokes */
    readonly strokes: Readonly<Record<string, string>>;
  };
  /** of the random choices in the sets */
  readonly seed: number;
  readonly throughput: Throughput;
  /** the worst mistakes of every set, by image number */
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
  /** the class by the label */
  readonly right: number;
}

export interface Throughput {
  /** median of several passes over the test images, from bytes to logits */
  readonly imagesPerSecond: number;
  readonly batchSize: number;
  /** name of the backend */
  readonly kernels: string;
}

/** The evaluations of test and validation images, shown side by side in a report. */
export function firstEvaluations({
  evaluations,
}: SetMeasurements): readonly [SetEvaluation, SetEvaluation] {
  return [evaluations[0]!, evaluations[1]!];
}

/** The mistakes without their pixels. */
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
