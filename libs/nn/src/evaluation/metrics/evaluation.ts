// Evaluates a network's predictions on one set of images. The figures are plain data, used in JSON,
// reports and model cards.

import { type Calibration, measureCalibration } from './calibration.ts';
import {
  type ClassFigures,
  type ConfusionMatrix,
  classFiguresOf,
  countConfusions,
} from './confusion.ts';
import { classCountOf, labelledPredictions } from './labelled-predictions.ts';

/** The figures of a network on one set of images. */
export interface Evaluation {
  readonly count: number;
  readonly correct: number;
  /** correct / count */
  readonly accuracy: number;
  /** 95 % Wilson interval of the accuracy */
  readonly interval: Interval;
  /** one for each class, in their order */
  readonly classes: readonly ClassFigures[];
  readonly confusion: ConfusionMatrix;
  /** with the model's temperature */
  readonly calibrated: Calibration;
  /** with temperature 1, for comparison */
  readonly uncalibrated: Calibration;
}

/** An evaluation with the name of its images: 'MNIST test images'. */
export interface NamedEvaluation {
  readonly name: string;
  readonly evaluation: Evaluation;
}

/** The temperature and the class names of an evaluation. */
export interface EvaluationOptions {
  /** divides the logits before softmax, above 0; changes probabilities, never the predicted class */
  readonly temperature: number;
  /** names of the classes; their numbers by default */
  readonly classes?: readonly string[] | undefined;
}

/** A confidence interval of a fraction, 0…1. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * Computes all figures from logits and labels.
 *
 * @param logits [labels.length, classes]
 * @throws RangeError if the sizes of logits, labels and class names do not match
 */
export function evaluateLogits(
  logits: Float32Array,
  labels: Uint8Array,
  { temperature, classes }: EvaluationOptions,
): Evaluation {
  const N = classCountOf(logits, labels);
  const names = classes ?? Array.from({ length: N }, (_, i) => String(i));
  if (names.length !== N) throw new RangeError(`${names.length} names for ${N} classes`);
  const predictions = labelledPredictions(logits, labels, temperature);
  const correct = predictions.filter(({ predicted, actual }) => predicted === actual).length;
  const confusion = countConfusions(predictions, N);
  return {
    count: predictions.length,
    correct,
    accuracy: correct / predictions.length,
    interval: wilsonInterval(correct, predictions.length),
    classes: classFiguresOf(confusion, names),
    confusion,
    calibrated: measureCalibration(predictions, temperature),
    uncalibrated: measureCalibration(labelledPredictions(logits, labels, 1), 1),
  };
}

/** The 97.5 % quantile of the standard normal distribution, for a two-sided 95 % interval. */
const z = 1.959963984540054;

/**
 * The 95 % score interval of a fraction (Wilson 1927). Unlike p ± z·√(p(1 − p)/n) it stays within 0…1
 * and is accurate for fractions near 0 and 1:
 * (p + z²/2n ± z·√(p(1 − p)/n + z²/4n²)) / (1 + z²/n)
 *
 * @param count at least 1
 */
export function wilsonInterval(successes: number, count: number): Interval {
  const p = successes / count;
  const centre = p + (z * z) / (2 * count);
  const margin = z * Math.sqrt((p * (1 - p)) / count + (z * z) / (4 * count * count));
  const scale = 1 + (z * z) / count;
  return {
    low: Math.max(0, (centre - margin) / scale),
    high: Math.min(1, (centre + margin) / scale),
  };
}
