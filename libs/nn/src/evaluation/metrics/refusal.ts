// How much of what is no digit is refused, and at what price in digits: by each score on its own,
// and by the thresholds that came with the model.

import type { DecisionCounts } from './decisions.ts';
import { areaUnderCurve, fractionBelow, lowerQuantile } from './roc.ts';
import { joinScores, type ScoreName, type Scores, scoreNames } from './scores.ts';

/** Of the digits, how many are refused where refusals are compared. */
const lostShare = 0.01;

/** Pictures of one kind and how they scored. */
export interface ScoredSet {
  readonly name: string;
  readonly count: number;
  readonly writers: number | null;
  readonly scores: Scores;
  /** null for a model without thresholds */
  readonly verdicts: DecisionCounts | null;
}

export interface ScoreFigures {
  /** under the ROC curve, against all the digits */
  readonly area: number;
  /** share refused by a threshold that refuses `lostShare` of the digits */
  readonly refused: number;
}

/** What is no digit, and how it was refused. */
export interface RefusedSet {
  readonly name: string;
  readonly count: number;
  readonly writers: number | null;
  readonly verdicts: DecisionCounts | null;
  readonly scores: Readonly<Record<ScoreName, ScoreFigures>>;
}

export interface Refusal {
  /** names of the sets whose digits stand against what is no digit, all of them together */
  readonly digitSets: readonly string[];
  readonly digits: number;
  readonly lostShare: number;
  /** for each score, what refuses that share of the digits */
  readonly thresholds: Readonly<Record<ScoreName, number>>;
  readonly sets: readonly RefusedSet[];
}

/** @returns null where one of the two is missing */
export function measureRefusal(
  digits: readonly ScoredSet[],
  noDigits: readonly ScoredSet[],
): Refusal | null {
  if (digits.length === 0 || noDigits.length === 0) return null;
  const wanted = joinScores(digits.map(({ scores }) => scores));
  const thresholds = byScore(name => lowerQuantile(wanted[name], lostShare));
  return {
    digitSets: digits.map(({ name }) => name),
    digits: wanted.confidence.length,
    lostShare,
    thresholds,
    sets: noDigits.map(({ name, count, writers, verdicts, scores }) => ({
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
