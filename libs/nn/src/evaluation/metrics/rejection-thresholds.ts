// Fitting the thresholds of acceptance on validation data: so that a known share of genuine digits
// is refused, and as much as can be of what is no digit.

import { softmax } from '../../engine/softmax.ts';
import {
  decide,
  freeEnergy,
  type RejectionThresholds,
  type Scores,
} from '../../inference/decision.ts';

export interface RejectionThresholdOptions {
  /** divides the logits before softmax */
  readonly temperature: number;
  /** of the digits, how many may be refused at most, 0…1 */
  readonly maxRefusedFraction?: number;
  /** [count, classes] logits of validation pictures that show no digit */
  readonly outliers?: Float32Array | undefined;
}

/** One digit in a hundred is asked for again: few enough to be borne, enough to matter. */
const defaultRefusedShare = 0.01;

/** Ways tried of sharing the refused digits out between the two thresholds. */
const ways = 20;

/**
 * The refused digits are shared out between the two thresholds in the way that refuses most of what
 * is no digit; evenly where there is nothing of the kind to try it on.
 *
 * @param logits [labels.length, classes] of digits
 * @throws RangeError when logits and labels do not fit each other
 */
export function fitRejectionThresholds(
  logits: Float32Array,
  labels: Uint8Array,
  {
    temperature,
    maxRefusedFraction: refusedShare = defaultRefusedShare,
    outliers: noDigits,
  }: RejectionThresholdOptions,
): RejectionThresholds {
  const N = logits.length / labels.length;
  if (labels.length === 0 || !Number.isInteger(N)) {
    throw new RangeError(`${logits.length} logits for ${labels.length} labels`);
  }
  const digits = evidenceOf(logits, N, temperature);
  const most = Math.min(Math.floor(refusedShare * labels.length), labels.length - 1);
  if (!noDigits) return cutEvenly(digits, most);
  const others = evidenceOf(noDigits, N, temperature);
  const tried = Array.from({ length: ways + 1 }, (_, i) => {
    const acceptance = cutFully(digits, most, Math.round((i * most) / ways));
    return { acceptance, refused: countRefused(others, acceptance) };
  });
  return tried.reduce((best, one) => (one.refused > best.refused ? one : best)).acceptance;
}

function evidenceOf(logits: Float32Array, N: number, temperature: number): Scores[] {
  return Array.from({ length: logits.length / N }, (_, i) => {
    const row = logits.subarray(i * N, (i + 1) * N);
    return { confidence: Math.max(...softmax(row, temperature)), energy: freeEnergy(row) };
  });
}

/** Thresholds that let all but so many pictures pass, each by itself. */
function cut(
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

/** Both cut off the same number: the largest with which no more than `most` are refused by either. */
function cutEvenly(digits: readonly Scores[], most: number): RejectionThresholds {
  return cutOff(digits, most, count => cut(digits, count, count));
}

/** So many by energy, and by confidence as many as are left. */
function cutFully(digits: readonly Scores[], most: number, byEnergy: number): RejectionThresholds {
  return cutOff(digits, most, count => cut(digits, count, byEnergy));
}

/** The hardest of ever harder thresholds that refuses no more than `most`; found by bisection. */
function cutOff(
  digits: readonly Scores[],
  most: number,
  acceptanceOf: (count: number) => RejectionThresholds,
): RejectionThresholds {
  let low = 0;
  let high = most;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (countRefused(digits, acceptanceOf(middle)) <= most) low = middle;
    else high = middle - 1;
  }
  return acceptanceOf(low);
}

function countRefused(evidence: readonly Scores[], acceptance: RejectionThresholds): number {
  return evidence.filter(picture => decide(picture, acceptance) !== 'accepted').length;
}
