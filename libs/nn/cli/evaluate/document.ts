// What nn:evaluate says with --json and writes to evaluation.json.

import type { Mistake } from '../../src/evaluation/metrics/mistakes.ts';
import type { SetGroup } from '../../src/evaluation/sets/evaluation-set.ts';
import type {
  MeasuredSets,
  SetEvaluation,
  SetMeasurements,
} from '../../src/evaluation/sets/measure-sets.ts';
import type { ModelDescription } from '../../src/inference/model.ts';

/** The evaluations are those of test images first, then of validation images, then of the rest. */
export interface EvaluationDocument extends SetMeasurements {
  readonly model: ModelDescription & { readonly version: string; readonly sha256: string };
  readonly data: {
    readonly name: string;
    /** SHA-256 by file name */
    readonly digests: Readonly<Record<string, string>>;
    /** likewise of the files of pen strokes; none where none were given */
    readonly strokes: Readonly<Record<string, string>>;
  };
  /** what all that is random in the sets was drawn from */
  readonly seed: number;
  readonly throughput: Throughput;
  /** of every set, by the pictures' numbers */
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
  /** which backend computed */
  readonly kernels: string;
}

/** The two that stand side by side in a report: of test and validation images. */
export function firstEvaluations({
  evaluations,
}: SetMeasurements): readonly [SetEvaluation, SetEvaluation] {
  return [evaluations[0]!, evaluations[1]!];
}

/** Without the pixels, which can be looked up in the sets. */
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
