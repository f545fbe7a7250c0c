// How often corrections are repeated in an epoch.

/** Corrections in an epoch, for each other image. */
const correctionFraction = 0.3;

/** A few corrections are repeated often, each time augmented; more repetitions than this overfit. */
const maxRepetitions = 60;

/**
 * @param corrections number of corrections that are trained on, at least one
 * @param others number of other images in an epoch
 * @returns how often each correction occurs in an epoch, at least once
 */
export function repetitionsOf(corrections: number, others: number): number {
  return Math.max(
    1,
    Math.min(maxRepetitions, Math.round((correctionFraction * others) / corrections)),
  );
}
