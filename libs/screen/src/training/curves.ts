// The curves of a training: the loss of its batches, and the validation accuracy after each epoch.

import type { Curve } from '../curve.ts';
import { lossPointsOf, type TrainingView } from './state.ts';

/** From 0 to the highest mean loss of some batches. */
export function lossCurveOf(view: TrainingView): Curve {
  const points = lossPointsOf(view).filter(({ y }) => Number.isFinite(y));
  const high = Math.max(...points.map(({ y }) => y), 0.1);
  return { points, low: 0, high, tone: 'for', format: formatLoss };
}

/** In six characters or fewer: 999.99, then 16366, then 2e+6. */
function formatLoss(value: number): string {
  const decimals = value.toFixed(2);
  if (decimals.length <= 6) return decimals;
  const whole = value.toFixed(0);
  return whole.length <= 6 ? whole : value.toExponential(0);
}

/** From the tenth below the lowest accuracy, so that the axis seldom changes, to 100 %. */
export function accuracyCurveOf({ accuracies }: TrainingView): Curve {
  const lowest = Math.min(...accuracies.map(({ y }) => y), 1);
  return {
    points: accuracies,
    low: Math.floor(lowest * 10 - 1e-9) / 10,
    high: 1,
    tone: 'accent',
    format: value => `${(100 * value).toFixed(0)} %`,
  };
}
