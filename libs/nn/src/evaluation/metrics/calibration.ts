// Whether the probabilities mean what they say: of what is said with 90 %, 90 % should be right.

import type { LabelledPrediction } from './labelled-predictions.ts';

/** Answers with a confidence in low < confidence ≤ high. */
export interface CalibrationBin {
  readonly low: number;
  readonly high: number;
  readonly count: number;
  /** mean over the bin's answers, null where there are none */
  readonly confidence: number | null;
  /** share of the bin's answers that are right, null where there are none */
  readonly accuracy: number | null;
}

export interface Calibration {
  /** what the logits were divided by */
  readonly temperature: number;
  /** mean, in nats */
  readonly negativeLogLikelihood: number;
  /** Σ (bin's count / count) · |bin's accuracy − bin's confidence|, 0…1 */
  readonly expectedCalibrationError: number;
  /** of equal width, from 0 to 1: a reliability diagram */
  readonly bins: readonly CalibrationBin[];
}

/** As in Guo, Pleiss, Sun and Weinberger 2017. */
const binCount = 15;

/** @param answers at least one, read off the logits at this temperature */
export function measureCalibration(
  answers: readonly LabelledPrediction[],
  temperature: number,
): Calibration {
  const bins = Array.from({ length: binCount }, (_, index) => binOf(answers, index));
  let gaps = 0;
  for (const { count, accuracy, confidence } of bins) {
    if (count > 0) gaps += count * Math.abs(accuracy! - confidence!);
  }
  return {
    temperature,
    negativeLogLikelihood: mean(answers, answer => answer.negativeLogLikelihood)!,
    expectedCalibrationError: gaps / answers.length,
    bins,
  };
}

function binOf(answers: readonly LabelledPrediction[], index: number): CalibrationBin {
  const members = answers.filter(({ confidence }) => binIndexOf(confidence) === index);
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

/** Null for nothing. */
function mean(
  answers: readonly LabelledPrediction[],
  value: (answer: LabelledPrediction) => number,
): number | null {
  if (answers.length === 0) return null;
  return answers.reduce((sum, answer) => sum + value(answer), 0) / answers.length;
}
