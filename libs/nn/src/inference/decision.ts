// Whether an answer is one to act on: what the network says of any picture, whether there is a digit
// on it or not, measured against two thresholds that come with the model.

export interface Acceptance {
  /** An answer with a lower confidence is uncertain. 0…1 */
  readonly minConfidence: number;
  /** A picture with a higher free energy is unlike any digit the network has seen. */
  readonly maxEnergy: number;
}

export type Verdict = 'accepted' | 'uncertain' | 'not-a-digit';

/** What the verdict on one picture hangs on. */
export interface Evidence {
  /** probability of the answer, calibrated */
  readonly confidence: number;
  readonly energy: number;
}

/**
 * The free energy −log Σ exp(logit), low where the network finds much of what makes a digit. Unlike
 * the probabilities it is not blind to how much (Liu, Wang, Owens and Li 2020, "Energy-based
 * out-of-distribution detection").
 *
 * @param logits finite, at least one; not divided by a temperature
 */
export function freeEnergy(logits: Float32Array): number {
  let highest = -Infinity;
  for (let i = 0; i < logits.length; i++) highest = Math.max(highest, logits[i]!);
  let sum = 0;
  for (let i = 0; i < logits.length; i++) sum += Math.exp(logits[i]! - highest);
  return -highest - Math.log(sum);
}

/** @param acceptance null for a model that has none: every answer is accepted */
export function judge({ confidence, energy }: Evidence, acceptance: Acceptance | null): Verdict {
  if (acceptance === null) return 'accepted';
  if (energy > acceptance.maxEnergy) return 'not-a-digit';
  return confidence < acceptance.minConfidence ? 'uncertain' : 'accepted';
}
