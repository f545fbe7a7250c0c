// Classification with a reject option (Chow 1970): predictions are accepted or rejected by comparing two
// scores with the model's thresholds.

/** The thresholds of a model, fitted on validation data (evaluation/metrics/rejection-thresholds.ts). */
export interface RejectionThresholds {
  /** 0…1; predictions with a lower confidence are `uncertain` */
  readonly minConfidence: number;
  /** in nats; images with a higher free energy are `not-a-digit` */
  readonly maxEnergy: number;
}

/** Accepted, or the reason for rejecting: confidence too low (`uncertain`), energy too high (`not-a-digit`). */
export type Decision = 'accepted' | 'uncertain' | 'not-a-digit';

/** The scores that a decision depends on. */
export interface Scores {
  /** the highest class probability, 0…1, after temperature scaling */
  readonly confidence: number;
  /** the free energy of the logits, in nats */
  readonly energy: number;
}

/**
 * The free energy −log Σ exp(logit): low for images that resemble the training data. Unlike
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
 * Applies the thresholds, the energy threshold first.
 *
 * @param thresholds null for a model without thresholds, which accepts everything
 */
export function decide(
  { confidence, energy }: Scores,
  thresholds: RejectionThresholds | null,
): Decision {
  if (thresholds === null) return 'accepted';
  if (energy > thresholds.maxEnergy) return 'not-a-digit';
  return confidence < thresholds.minConfidence ? 'uncertain' : 'accepted';
}
