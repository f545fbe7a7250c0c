// Calibration: the agreement between confidence and accuracy. Of all predictions with a confidence of
// 90 %, 90 % should be correct.

import type { LabelledPrediction } from './labelled-predictions.ts';

/** Predictions with low < confidence ≤ high. */
export interface CalibrationBin {
  readonly low: number;
  readonly high: number;
  readonly count: number;
  /** mean over the bin, null for an empty bin */
  readonly confidence: number | null;
  /** fraction of the bin's predictions that are correct, null for an empty bin */
  readonly accuracy: number | null;
}

/** The calibration of the predictions on a set. */
export interface Calibration {
  /** the divisor of the logits before softmax */
  readonly temperature: number;
  /** mean, in nats */
  readonly negativeLogLikelihood: number;
  /** Σ (bin's count / count) · |bin's accuracy − bin's confidence|, 0…1 */
  readonly expectedCalibrationError: number;
  /** bins of equal width from 0 to 1, for a reliability diagram */
  readonly bins: readonly CalibrationBin[];
}

/** Number of bins, as in Guo, Pleiss, Sun and Weinberger 2017, "On calibration of modern neural networks". */
const binCount = 15;

/**
 * Measures the calibration of predictions.
 *
 * @param predictions at least one, computed at this temperature
 */
export function measureCalibration(
  predictions: readonly LabelledPrediction[],
  temperature: number,
): Calibration {
  const bins = Array.from({ length: binCount }, (_, index) => binOf(predictions, index));
  let gaps = 0;
  for (const { count, accuracy, confidence } of bins) {
    if (count > 0) gaps += count * Math.abs(accuracy! - confidence!);
  }
  return {
    temperature,
    negativeLogLikelihood: mean(predictions, one => one.negativeLogLikelihood)!,
    expectedCalibrationError: gaps / predictions.length,
    bins,
  };
}

function binOf(predictions: readonly LabelledPrediction[], index: number): CalibrationBin {
  const members = predictions.filter(({ confidence }) => binIndexOf(confidence) === index);
  return {
    low: index / binCount,
    high: (index + 1) / binCount,
    count: members.length,
    confidence: mean(members, ({ confidence }) => confidence),
    accuracy: mean(members, ({ predicted, actual }) => Number(predicted === actual)),
  };
}

function binIndexOf(confidence: number): number {
  return Math.min(binCount - 1, Math.max(0, Math.ceil(confidence * binCount) - 1));
}

/** The mean of a value; null for an empty list. */
function mean(
  predictions: readonly LabelledPrediction[],
  value: (prediction: LabelledPrediction) => number,
): number | null {
  if (predictions.length === 0) return null;
  return predictions.reduce((sum, one) => sum + value(one), 0) / predictions.length;
}
