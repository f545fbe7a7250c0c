// Fitting the thresholds of acceptance on validation data: so that a known share of genuine digits
// is refused. Nothing but digits is looked at; how much else is refused is measured elsewhere.
import { type Acceptance, type Evidence, freeEnergy, judge } from '../network/acceptance.ts';
import { readAnswers } from './answers.ts';

export interface AcceptanceOptions {
  /** divides the logits before softmax */
  readonly temperature: number;
  /** of the digits, how many may be refused at most, 0…1 */
  readonly refusedShare?: number;
}

/** One digit in a hundred is asked for again: few enough to be borne, enough to matter. */
const defaultRefusedShare = 0.01;

/**
 * Both thresholds cut off the same share of the pictures, each by its own measure: the largest
 * share with which no more than `refusedShare` of the pictures are refused by either.
 *
 * @param logits [labels.length, classes]
 * @throws RangeError when logits and labels do not fit each other
 */
export function fitAcceptance(
  logits: Float32Array,
  labels: Uint8Array,
  { temperature, refusedShare = defaultRefusedShare }: AcceptanceOptions,
): Acceptance {
  const N = logits.length / labels.length;
  const evidence = readAnswers(logits, labels, temperature).map(({ confidence }, i) => ({
    confidence,
    energy: freeEnergy(logits.subarray(i * N, (i + 1) * N)),
  }));
  const confidences = Float64Array.from(evidence, ({ confidence }) => confidence).sort();
  const energies = Float64Array.from(evidence, ({ energy }) => energy).sort();
  const cut = (count: number): Acceptance => ({
    minConfidence: confidences[count]!,
    maxEnergy: energies[energies.length - 1 - count]!,
  });
  // Cutting off no picture refuses none; from there on, one more at a time.
  let count = 0;
  const most = Math.floor(Math.min(refusedShare, 1) * labels.length);
  while (count + 1 < labels.length && countRefused(evidence, cut(count + 1)) <= most) count++;
  return cut(count);
}

function countRefused(evidence: readonly Evidence[], acceptance: Acceptance): number {
  return evidence.filter(picture => judge(picture, acceptance) !== 'accepted').length;
}
