// Fits the rejection thresholds on validation data, so that they refuse as many outliers as possible and
// at most a given fraction of the digits. inference/decision.ts applies them.

import { softmax } from '../../engine/softmax.ts';
import {
  decide,
  freeEnergy,
  type RejectionThresholds,
  type Scores,
} from '../../inference/decision.ts';

/** Options of the fit. */
export interface RejectionThresholdOptions {
  /** divides the logits before softmax */
  readonly temperature: number;
  /** maximum fraction of the digits that may be refused, 0…1; 0.01 by default */
  readonly maxRefusedFraction?: number;
  /** [count, classes] logits of validation outliers */
  readonly outliers?: Float32Array | undefined;
}

/**
 * Refusing one in a hundred of the validation digits, most of which are harder than users' own, refuses 0.1
 * to 0.7 % of those and most outliers.
 */
const defaultMaxRefusedFraction = 0.01;

/** The splits of the refused digits between both thresholds that are tried are 0 … splitCount. */
const splitCount = 20;

/**
 * Fits both thresholds. The digits that may be refused are split between them so that the most outliers are
 * refused; evenly if there are no outliers.
 *
 * @param logits [labels.length, classes] of digits
 * @throws RangeError if the sizes of logits and labels do not match
 */
export function fitRejectionThresholds(
  logits: Float32Array,
  labels: Uint8Array,
  {
    temperature,
    maxRefusedFraction = defaultMaxRefusedFraction,
    outliers,
  }: RejectionThresholdOptions,
): RejectionThresholds {
  const N = logits.length / labels.length;
  if (labels.length === 0 || !Number.isInteger(N)) {
    throw new RangeError(`${logits.length} logits for ${labels.length} labels`);
  }
  const digits = scoresOf(logits, N, temperature);
  const maxRefused = Math.min(Math.floor(maxRefusedFraction * labels.length), labels.length - 1);
  if (!outliers) return splitEvenly(digits, maxRefused);
  const others = scoresOf(outliers, N, temperature);
  const tried = Array.from({ length: splitCount + 1 }, (_, i) => {
    const thresholds = splitAt(digits, maxRefused, Math.round((i * maxRefused) / splitCount));
    return { thresholds, refused: countRefused(others, thresholds) };
  });
  return tried.reduce((best, one) => (one.refused > best.refused ? one : best)).thresholds;
}

function scoresOf(logits: Float32Array, N: number, temperature: number): Scores[] {
  return Array.from({ length: logits.length / N }, (_, i) => {
    const row = logits.subarray(i * N, (i + 1) * N);
    return { confidence: Math.max(...softmax(row, temperature)), energy: freeEnergy(row) };
  });
}

/** The thresholds that refuse given numbers of digits, each threshold by itself. */
function thresholdsAt(
  digits: readonly Scores[],
  byConfidence: number,
  byEnergy: number,
): RejectionThresholds {
  const confidences = Float64Array.from(digits, ({ confidence }) => confidence).sort();
  const energies = Float64Array.from(digits, ({ energy }) => energy).sort();
  return {
    minConfidence: confidences[byConfidence]!,
    maxEnergy: energies[energies.length - 1 - byEnergy]!,
  };
}

/** Lets both thresholds refuse the same number, the largest with at most `maxRefused` refused in all. */
function splitEvenly(digits: readonly Scores[], maxRefused: number): RejectionThresholds {
  return strictest(digits, maxRefused, count => thresholdsAt(digits, count, count));
}

/** Lets the energy threshold refuse a given number, and the confidence threshold the rest. */
function splitAt(
  digits: readonly Scores[],
  maxRefused: number,
  byEnergy: number,
): RejectionThresholds {
  return strictest(digits, maxRefused, count => thresholdsAt(digits, count, byEnergy));
}

/** Finds the strictest thresholds that refuse at most `maxRefused` digits, by bisection. */
function strictest(
  digits: readonly Scores[],
  maxRefused: number,
  thresholdsOf: (count: number) => RejectionThresholds,
): RejectionThresholds {
  let low = 0;
  let high = maxRefused;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (countRefused(digits, thresholdsOf(middle)) <= maxRefused) low = middle;
    else high = middle - 1;
  }
  return thresholdsOf(low);
}

function countRefused(scores: readonly Scores[], thresholds: RejectionThresholds): number {
  return scores.filter(one => decide(one, thresholds) !== 'accepted').length;
}
