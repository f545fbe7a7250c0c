// Classification with a reject option: which answers to act on, by two scores of the network and the
// model's thresholds for them.

/** The thresholds of a model, fitted on validation data (evaluation/metrics/rejection-thresholds.ts). */
export interface RejectionThresholds {
  /** 0…1; an answer with a lower confidence is `uncertain` */
  readonly minConfidence: number;
  /** in nats; an image with a higher free energy is `not-a-digit` */
  readonly maxEnergy: number;
}

/** `uncertain`: the confidence is too low; `not-a-digit`: the free energy is too high. */
export type Decision = 'accepted' | 'uncertain' | 'not-a-digit';

/** The scores that a decision depends on. */
export interface Scores {
  /** the highest class probability, 0…1, after temperature scaling */
  readonly confidence: number;
  /** the free energy of the logits, in nats */
  readonly energy: number;
}

/**
 * The free energy −log Σ exp(logit): low for images like those that the network was trained on. Unlike
 * the probabilities it keeps the magnitude of the logits (Liu, Wang, Owens and Li 2020, "Energy-based
 * out-of-distribution detection").
 *
 * @param logits [classes], finite, at least one; not divided by a temperature
 * @returns the energy, in nats
 */
export function freeEnergy(logits: Float32Array): number {
  let highest = -Infinity;
  for (let i = 0; i < logits.length; i++) highest = Math.max(highest, logits[i]!);
  let sum = 0;
  for (let i = 0; i < logits.length; i++) sum += Math.exp(logits[i]! - highest);
  return -highest - Math.log(sum);
}

/**
 * Applies the thresholds, the one for energy first.
 *
 * @param thresholds null for a model without any: every answer is accepted
 */
export function decide(
  { confidence, energy }: Scores,
  thresholds: RejectionThresholds | null,
): Decision {
  if (thresholds === null) return 'accepted';
  if (energy > thresholds.maxEnergy) return 'not-a-digit';
  return confidence < thresholds.minConfidence ? 'uncertain' : 'accepted';
}
