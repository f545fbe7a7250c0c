// The evaluation of one set, and the summary of a group of sets.

import type { CalibrationBin } from '../metrics/calibration.ts';
import { type ConfusionMatrix, sumConfusions } from '../metrics/confusion.ts';
import type { NamedEvaluation } from '../metrics/evaluation.ts';
import { type DecisionCounts, sumDecisions } from '../metrics/refusal.ts';
import type { SetGroup } from './evaluation-set.ts';

/** The evaluation of one set of images with classes (not outliers). */
export interface SetEvaluation extends NamedEvaluation {
  readonly group: Exclude<SetGroup, 'no-digits'>;
  readonly writers: number | null;
  /** null for a model without thresholds */
  readonly verdicts: DecisionCounts | null;
}

/** The figures of a group of sets as a whole. */
export interface GroupSummary {
  readonly group: SetEvaluation['group'];
  readonly sets: number;
  readonly count: number;
  readonly correct: number;
  /** correct / count; the mean of the sets' accuracies if they have equal sizes, as corruptions do */
  readonly accuracy: number;
  readonly confusion: ConfusionMatrix;
  /** with the model's temperature; each bin holds the predictions of all sets */
  readonly expectedCalibrationError: number;
  readonly verdicts: DecisionCounts | null;
}

/**
 * Summarises the sets of a group.
 *
 * @param evaluations at least one, all of the same group
 */
export function summariseGroup(evaluations: readonly SetEvaluation[]): GroupSummary {
  const total = (value: (one: SetEvaluation) => number) =>
    evaluations.reduce((sum, one) => sum + value(one), 0);
  const count = total(({ evaluation }) => evaluation.count);
  const correct = total(({ evaluation }) => evaluation.correct);
  return {
    group: evaluations[0]!.group,
    sets: evaluations.length,
    count,
    correct,
    accuracy: correct / count,
    confusion: sumConfusions(evaluations.map(({ evaluation }) => evaluation.confusion)),
    expectedCalibrationError: calibrationErrorSum(evaluations) / count,
    verdicts: sumDecisions(evaluations.map(({ verdicts }) => verdicts)),
  };
}

/** Σ over the bins of |correct predictions − sum of confidences|. */
function calibrationErrorSum(evaluations: readonly SetEvaluation[]): number {
  const gapOf = ({ count, accuracy, confidence }: CalibrationBin) =>
    count === 0 ? 0 : count * (accuracy! - confidence!);
  const bins = evaluations.map(({ evaluation }) => evaluation.calibrated.bins);
  return bins[0]!.reduce(
    (sum, _, i) => sum + Math.abs(bins.reduce((gap, own) => gap + gapOf(own[i]!), 0)),
    0,
  );
}
