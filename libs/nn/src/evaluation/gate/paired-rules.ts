// What counts as better or worse where both contenders read the same pictures.

import type { RowComparison, RowGroup } from './gate-row.ts';

/** What the challenger's reading of a set and the champion's come to. */
export interface PairedCounts {
  /** pictures that only the challenger reads right */
  readonly gained: number;
  /** pictures that only the champion reads right */
  readonly lost: number;
  readonly count: number;
  /** of McNemar's test, for all sets of the group at once */
  readonly p: number;
}

export interface PairedRule {
  readonly verdict: (pair: PairedCounts) => RowComparison;
  /** what decided, to follow the counts */
  readonly reason: (pair: PairedCounts) => string;
}

/** A difference that chance alone brings in one of twenty comparisons, or fewer, is one. */
const significance = 0.05;

/** Of the images of the data, the largest share that may be lost, and the fewest that show it. */
const imagesLoss = 0.001;
const fewestImages = 1 / imagesLoss;

/**
 * Three trainings of `quick` that differed in their seed alone were up to 1.5 points apart on one
 * corruption, p = 10⁻⁶, and 1.9 with one pen: no reason to turn a challenger away.
 */
const oneKindLoss = 0.02;

/** On all corruptions, or drawings, together the same three were 0.5 points apart. */
const togetherLoss = 0.01;

const changeOf = ({ gained, lost, count }: PairedCounts) => (gained - lost) / count;
const describeP = ({ p }: PairedCounts) => `p = ${p.toPrecision(2)}`;

function bySignificance(pair: PairedCounts): RowComparison {
  if (pair.p > significance) return 'same';
  return changeOf(pair) < 0 ? 'worse' : 'better';
}

function byTolerance(change: number, tolerance: number): RowComparison {
  if (Math.abs(change) <= tolerance) return 'same';
  return change < 0 ? 'worse' : 'better';
}

const losesTooMany = (pair: PairedCounts) =>
  pair.count >= fewestImages && changeOf(pair) < -imagesLoss;

/** Test and validation images: neither by more than chance nor by more than a tenth of a point. */
const images: PairedRule = {
  verdict: pair => (losesTooMany(pair) ? 'worse' : bySignificance(pair)),
  reason: pair => (losesTooMany(pair) ? 'more than 0.1 points' : describeP(pair)),
};

const isOfSeeds = (pair: PairedCounts) =>
  bySignificance(pair) === 'worse' && changeOf(pair) >= -oneKindLoss;

/** One corruption, or one pen. */
const oneKind: PairedRule = {
  verdict: pair => (isOfSeeds(pair) ? 'same' : bySignificance(pair)),
  reason: pair => describeP(pair) + (isOfSeeds(pair) ? ', but within 2 points' : ''),
};

/** Few pictures, by the very people who use this. */
const corrections: PairedRule = {
  verdict: pair => byTolerance(changeOf(pair), 0),
  reason: () => 'every one counts',
};

export const pairedRules: Partial<Record<RowGroup, PairedRule>> = {
  corrections,
  test: images,
  validation: images,
  corruption: oneKind,
  drawings: oneKind,
};

/** The groups whose sets are also judged together, so that a little everywhere is seen. */
export const groupsTogether: readonly RowGroup[] = ['corruption', 'drawings'];

/** Or what chance does where there are few: twice the standard error of a share at its widest. */
const togetherTolerance = ({ count }: PairedCounts) => Math.max(togetherLoss, 1 / Math.sqrt(count));

/** The same images come up again and again, which McNemar's test does not know: a tolerance. */
export const together: PairedRule = {
  verdict: pair => byTolerance(changeOf(pair), togetherTolerance(pair)),
  reason: pair => `tolerated: ${(100 * togetherTolerance(pair)).toFixed(1)} points`,
};
