// When the challenger counts as better or worse on images that both models classify.

import type { GateVerdict } from '@digits/protocol';
import type { RowGroup } from './gate-row.ts';

/** How the predictions of both models on a set differ. */
export interface PairedCounts {
  /** images that only the challenger classifies correctly */
  readonly gained: number;
  /** images that only the champion classifies correctly */
  readonly lost: number;
  readonly count: number;
  /** p-value of McNemar's test, corrected for all sets of the group (Holm) */
  readonly p: number;
}

/** How the rows of a group are decided. */
export interface PairedRule {
  readonly verdict: (pair: PairedCounts) => GateVerdict;
  /** what decided, written after the counts */
  readonly reason: (pair: PairedCounts) => string;
}

/** Level of the test: chance alone exceeds it in one of twenty comparisons. */
const significance = 0.05;

/** Largest fraction of the test or validation images that may be lost. */
const maxImageLoss = 0.001;

/** Smaller sets cannot resolve that loss. */
const minImages = 1 / maxImageLoss;

/**
 * Largest loss on one corruption or one pen: trainings that differ only in their seed differ by up to
 * 1.9 points (docs/experiments.md).
 */
const maxLossOfOneKind = 0.02;

/** Largest loss on all corruptions, or drawings, together: seeds differ by 0.5 points. */
const maxLossTogether = 0.01;

const changeOf = ({ gained, lost, count }: PairedCounts) => (gained - lost) / count;
const describeP = ({ p }: PairedCounts) => `p = ${p.toPrecision(2)}`;

function bySignificance(pair: PairedCounts): GateVerdict {
  if (pair.p > significance) return 'same';
  return changeOf(pair) < 0 ? 'worse' : 'better';
}

function byTolerance(change: number, tolerance: number): GateVerdict {
  if (Math.abs(change) <= tolerance) return 'same';
  return change < 0 ? 'worse' : 'better';
}

const losesTooMany = (pair: PairedCounts) =>
  pair.count >= minImages && changeOf(pair) < -maxImageLoss;

/** Test and validation images: worse by more than chance, or by more than 0.1 points. */
const images: PairedRule = {
  verdict: pair => (losesTooMany(pair) ? 'worse' : bySignificance(pair)),
  reason: pair => (losesTooMany(pair) ? 'more than 0.1 points' : describeP(pair)),
};

const isWithinSeedVariance = (pair: PairedCounts) =>
  bySignificance(pair) === 'worse' && changeOf(pair) >= -maxLossOfOneKind;

/** One corruption, or one pen: worse by more than chance and more than 2 points. */
const oneKind: PairedRule = {
  verdict: pair => (isWithinSeedVariance(pair) ? 'same' : bySignificance(pair)),
  reason: pair => describeP(pair) + (isWithinSeedVariance(pair) ? ', but within 2 points' : ''),
};

/** Corrections that were held out: few images, by the users of this model, so every one counts. */
const corrections: PairedRule = {
  verdict: pair => byTolerance(changeOf(pair), 0),
  reason: () => 'every one counts',
};

/** The rule of every group with a paired test. */
export const pairedRules: Partial<Record<RowGroup, PairedRule>> = {
  corrections,
  test: images,
  validation: images,
  corruption: oneKind,
  drawings: oneKind,
};

/** The groups whose sets are also compared as a whole, which reveals small losses on many sets. */
export const groupsTogether: readonly RowGroup[] = ['corruption', 'drawings'];

/** At least twice the largest standard error of a fraction, 1 / √count. */
const togetherTolerance = ({ count }: PairedCounts) =>
  Math.max(maxLossTogether, 1 / Math.sqrt(count));

/** A tolerance: the sets of a group repeat the same images, which McNemar's test does not allow for. */
export const together: PairedRule = {
  verdict: pair => byTolerance(changeOf(pair), togetherTolerance(pair)),
  reason: pair => `tolerated: ${(100 * togetherTolerance(pair)).toFixed(1)} points`,
};
