// Measures which fractions of digits and outliers are refused: by the model's thresholds, and by each
// score alone.

import { type Decision, decide, type RejectionThresholds } from '../../inference/decision.ts';
import { areaUnderCurve, fractionBelow, lowerQuantile } from './roc.ts';
import { joinScores, type ScoreName, type SetScores, scoreNames } from './scores.ts';

/** Number of images by decision; `blank` is decided without the network. */
export type DecisionCounts = Readonly<Record<Decision | 'blank', number>>;

/** Counts the model's decisions on a set. @returns null for a model without thresholds */
export function countDecisions(
  { confidence, energy }: SetScores,
  acceptance: RejectionThresholds | null,
): DecisionCounts | null {
  if (acceptance === null) return null;
  const counts = { accepted: 0, uncertain: 0, 'not-a-digit': 0, blank: 0 };
  for (const [i, own] of confidence.entries()) {
    const decision = decide({ confidence: own, energy: -energy[i]! }, acceptance);
    // Only blank images have a confidence of 0.
    counts[own === 0 ? 'blank' : decision]++;
  }
  return counts;
}

/** Adds the counts of several sets; null if one of them is null. */
export function sumDecisions(all: readonly (DecisionCounts | null)[]): DecisionCounts | null {
  return all.reduce((sum, one) =>
    sum && one
      ? {
          accepted: sum.accepted + one.accepted,
          uncertain: sum.uncertain + one.uncertain,
          'not-a-digit': sum['not-a-digit'] + one['not-a-digit'],
          blank: sum.blank + one.blank,
        }
      : null,
  );
}

/** The fraction of images that were not accepted; null for a model without thresholds. */
export function refusedFraction(counts: DecisionCounts | null): number | null {
  if (counts === null) return null;
  const count = Object.values(counts).reduce((sum, one) => sum + one, 0);
  return 1 - counts.accepted / count;
}

/** The fraction of the digits that each score refuses when the scores are compared. */
const comparedRefusedFraction = 0.01;

/** Images of one kind and their scores. */
export interface ScoredSet {
  readonly name: string;
  readonly count: number;
  readonly writers: number | null;
  readonly scores: SetScores;
  /** null for a model without thresholds */
  readonly verdicts: DecisionCounts | null;
}

/** How well one score separates a set of outliers from the digits. */
export interface ScoreFigures {
  /** AUROC against all digits */
  readonly area: number;
  /** fraction refused by the threshold that refuses `lostShare` of the digits */
  readonly refused: number;
}

/** A set of outliers and the fraction of it that was refused. */
export interface RefusedSet {
  readonly name: string;
  readonly count: number;
  readonly writers: number | null;
  readonly verdicts: DecisionCounts | null;
  readonly scores: Readonly<Record<ScoreName, ScoreFigures>>;
}

/** The refusal of outliers, by set and by score. */
export interface Refusal {
  /** names of the sets of digits; all of them together are compared with each set of outliers */
  readonly digitSets: readonly string[];
  readonly digits: number;
  readonly lostShare: number;
  /** for each score, the threshold that refuses that fraction of the digits */
  readonly thresholds: Readonly<Record<ScoreName, number>>;
  readonly sets: readonly RefusedSet[];
}

/** Measures the refusal of outliers. @returns null if there are no digits or no outliers */
export function measureRefusal(
  digits: readonly ScoredSet[],
  outliers: readonly ScoredSet[],
): Refusal | null {
  if (digits.length === 0 || outliers.length === 0) return null;
  const wanted = joinScores(digits.map(({ scores }) => scores));
  const thresholds = byScore(name => lowerQuantile(wanted[name], comparedRefusedFraction));
  return {
    digitSets: digits.map(({ name }) => name),
    digits: wanted.confidence.length,
    lostShare: comparedRefusedFraction,
    thresholds,
    sets: outliers.map(({ name, count, writers, verdicts, scores }) => ({
      name,
      count,
      writers,
      verdicts,
      scores: byScore(score => ({
        area: areaUnderCurve(wanted[score], scores[score]),
        refused: fractionBelow(scores[score], thresholds[score]),
      })),
    })),
  };
}

function byScore<Value>(value: (name: ScoreName) => Value): Readonly<Record<ScoreName, Value>> {
  return Object.fromEntries(scoreNames.map(name => [name, value(name)])) as Record<
    ScoreName,
    Value
  >;
}
