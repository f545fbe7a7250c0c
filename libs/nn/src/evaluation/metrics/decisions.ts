// What a model's own thresholds make of a set of pictures.

import { type Decision, decide, type RejectionThresholds } from '../../inference/decision.ts';
import type { Scores } from './scores.ts';

/** How many pictures each verdict was passed on; the service says `blank` by itself. */
export type DecisionCounts = Readonly<Record<Decision | 'blank', number>>;

/** @returns null for a model without thresholds */
export function countDecisions(
  { confidence, energy }: Scores,
  acceptance: RejectionThresholds | null,
): DecisionCounts | null {
  if (acceptance === null) return null;
  const verdicts = { accepted: 0, uncertain: 0, 'not-a-digit': 0, blank: 0 };
  for (const [i, own] of confidence.entries()) {
    const verdict = decide({ confidence: own, energy: -energy[i]! }, acceptance);
    // No answer to a picture with ink has a confidence of 0.
    verdicts[own === 0 ? 'blank' : verdict]++;
  }
  return verdicts;
}

/** Of all pictures, the share that was not accepted; null where nobody judged. */
export function refusedFraction(verdicts: DecisionCounts | null): number | null {
  if (verdicts === null) return null;
  const count = Object.values(verdicts).reduce((sum, one) => sum + one, 0);
  return 1 - verdicts.accepted / count;
}
