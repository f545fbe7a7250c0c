// Everything that is said of a network's answers to one set of pictures, as plain data that goes
// into JSON, reports and model cards as it is.

import { type Calibration, measureCalibration } from './calibration.ts';
import {
  type ClassFigures,
  type ConfusionMatrix,
  classFiguresOf,
  countConfusions,
} from './confusion.ts';
import { classCountOf, labelledPredictions } from './labelled-predictions.ts';
import { type Interval, wilsonInterval } from './wilson.ts';

export interface Evaluation {
  readonly count: number;
  readonly correct: number;
  /** correct / count */
  readonly accuracy: number;
  /** of the accuracy, 95 % (Wilson) */
  readonly interval: Interval;
  /** one for each class, in their order */
  readonly classes: readonly ClassFigures[];
  readonly confusion: ConfusionMatrix;
  /** with the model's temperature */
  readonly calibrated: Calibration;
  /** with temperature 1, for comparison */
  readonly uncalibrated: Calibration;
}

/** The same, and of which pictures: 'MNIST test images'. */
export interface NamedEvaluation {
  readonly name: string;
  readonly evaluation: Evaluation;
}

export interface EvaluationOptions {
  /** divides the logits before softmax, above 0; changes probabilities, never the answer */
  readonly temperature: number;
  /** names of the classes, their numbers if left out */
  readonly classes?: readonly string[];
}

/**
 * @param logits [labels.length, classes]
 * @throws RangeError when logits, labels and class names do not fit each other
 */
export function evaluateLogits(
  logits: Float32Array,
  labels: Uint8Array,
  { temperature, classes }: EvaluationOptions,
): Evaluation {
  const N = classCountOf(logits, labels);
  const names = classes ?? Array.from({ length: N }, (_, i) => String(i));
  if (names.length !== N) throw new RangeError(`${names.length} names for ${N} classes`);
  const answers = labelledPredictions(logits, labels, temperature);
  const correct = answers.filter(({ predicted, actual }) => predicted === actual).length;
  const confusion = countConfusions(answers, N);
  return {
    count: answers.length,
    correct,
    accuracy: correct / answers.length,
    interval: wilsonInterval(correct, answers.length),
    classes: classFiguresOf(confusion, names),
    confusion,
    calibrated: measureCalibration(answers, temperature),
    uncalibrated: measureCalibration(labelledPredictions(logits, labels, 1), 1),
  };
}
