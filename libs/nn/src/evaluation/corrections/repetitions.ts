// How often corrections come up among everything else.

/** The corrections' share of an epoch, for one of anything else. */
const share = 0.3;

/**
 * A handful must be seen often to be learnt in a few epochs, each time changed a little; what is
 * seen more often than this is learnt by heart and no better.
 */
const most = 60;

/**
 * @param corrections how many are trained on, at least one
 * @param others how many other pictures an epoch has
 * @returns how often each comes up in an epoch, at least once
 */
export function repetitionsOf(corrections: number, others: number): number {
  return Math.max(1, Math.min(most, Math.round((share * others) / corrections)));
}
