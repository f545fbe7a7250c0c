// What the sets of one group come to, all their pictures together.

import type { CalibrationBin } from '../metrics/calibration.ts';
import type { DecisionCounts } from '../metrics/decisions.ts';
import type { SetEvaluation } from './measure-sets.ts';

export interface GroupSummary {
  readonly group: SetEvaluation['group'];
  readonly sets: number;
  readonly count: number;
  readonly correct: number;
  /** correct / count; the mean over the sets where all are of one size, as the corruptions are */
  readonly accuracy: number;
  /** with the model's temperature, over the same bins as each set's */
  readonly expectedCalibrationError: number;
  readonly verdicts: DecisionCounts | null;
}

/** @param evaluations at least one, of one group */
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
    expectedCalibrationError: joinedError(evaluations) / count,
    verdicts: joinVerdicts(evaluations.map(({ verdicts }) => verdicts)),
  };
}

/** Σ over the bins of |right answers − their confidence|, a bin holding the answers of all sets. */
function joinedError(evaluations: readonly SetEvaluation[]): number {
  const gapOf = ({ count, accuracy, confidence }: CalibrationBin) =>
    count === 0 ? 0 : count * (accuracy! - confidence!);
  const bins = evaluations.map(({ evaluation }) => evaluation.calibrated.bins);
  return bins[0]!.reduce(
    (sum, _, i) => sum + Math.abs(bins.reduce((gap, own) => gap + gapOf(own[i]!), 0)),
    0,
  );
}

function joinVerdicts(all: readonly (DecisionCounts | null)[]): DecisionCounts | null {
  return all.reduce((sum, one) =>
    sum && one
      ? {
          accepted: sum.accepted + one.accepted,
          uncertain: sum.uncertain + one.uncertain,
          'not-a-digit': sum['not-a-digit'] + one['not-a-digit'],
          blank: sum.blank + one.blank,
        }
      : null,
  );
}
