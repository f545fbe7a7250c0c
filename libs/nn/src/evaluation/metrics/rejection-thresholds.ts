// Fits the rejection thresholds on validation data: they refuse a given fraction of the digits, and as
// many outliers as possible. inference/decision.ts applies them.

import { softmax } from '../../engine/softmax.ts';
import {
  decide,
  freeEnergy,
  type RejectionThresholds,
  type Scores,
} from '../../inference/decision.ts';

/** What the thresholds are fitted to. */
export interface RejectionThresholdOptions {
  /** divides the logits before softmax */
  readonly temperature: number;
  /** largest fraction of the digits that is refused, 0…1; 0.01 by default */
  readonly maxRefusedFraction?: number;
  /** [count, classes] logits of validation outliers */
  readonly outliers?: Float32Array | undefined;
}

/** One digit in a hundred is refused: few enough to be acceptable, enough to be effective. */
const defaultMaxRefusedFraction = 0.01;

/** Splits of the refused digits between both thresholds that are tried, less one. */
const splitCount = 20;

/**
 * Splits the digits that may be refused between the confidence and the energy threshold so that most
 * outliers are refused; evenly where there are no outliers.
 *
 * @param logits [labels.length, classes] of digits
 * @throws RangeError where logits and labels do not fit each other
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

/** Thresholds of which each alone refuses so many digits. */
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

/** Both thresholds refuse the same number: the largest with which at most `maxRefused` are refused. */
function splitEvenly(digits: readonly Scores[], maxRefused: number): RejectionThresholds {
  return strictest(digits, maxRefused, count => thresholdsAt(digits, count, count));
}

/** The energy threshold refuses so many, the confidence threshold as many as remain. */
function splitAt(
  digits: readonly Scores[],
  maxRefused: number,
  byEnergy: number,
): RejectionThresholds {
  return strictest(digits, maxRefused, count => thresholdsAt(digits, count, byEnergy));
}

/** The strictest of ever stricter thresholds that refuse at most `maxRefused`, by bisection. */
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
