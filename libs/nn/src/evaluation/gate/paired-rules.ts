// The rules for when the challenger is better or worse on images that both models classify.

import type { GateVerdict } from '@digits/protocol';
import type { RowGroup } from './gate-row.ts';

/** The differences between both models' predictions on a set. */
export interface PairedCounts {
  /** images that only the challenger classifies correctly */
  readonly gained: number;
  /** images that only the champion classifies correctly */
  readonly lost: number;
  readonly count: number;
  /** images that the challenger classifies correctly */
  readonly correct: number;
  /** p-value of McNemar's test */
  readonly p: number;
  /** the same, adjusted for all sets of the group (Holm) */
  readonly adjustedP: number;
  /** number of sets in the group; with one, both p-values are equal */
  readonly sets: number;
}

/** The rule for the rows of a group. */
export interface PairedRule {
  readonly verdict: (pair: PairedCounts) => GateVerdict;
  /** the reason for the verdict, written after the counts */
  readonly reason: (pair: PairedCounts) => string;
}

/** Significance level: the probability of a false alarm. */
const significanceLevel = 0.05;

/** Maximum net loss on the test or validation images, as a fraction. */
const maxImageLoss = 0.001;

/** Minimum size of a set for `maxImageLoss`; in smaller ones a single image would exceed it. */
const minImages = 1 / maxImageLoss;

/**
 * Maximum loss on one corruption or one pen, as a fraction: trainings that differ only in their seed differ
 * by up to 1.9 percentage points (docs/experiments.md).
 */
const maxSingleSetLoss = 0.02;

/** Maximum loss on all sets of a group, as a fraction: seeds differ by 0.5 percentage points. */
const maxPooledLoss = 0.01;

/**
 * The accuracy to reach on every style family. Below it a loss counts without a tolerance or an adjustment,
 * so that small losses in one promotion after another do not add up.
 */
const aimedStyleAccuracy = 0.99;

const changeOf = ({ gained, lost, count }: PairedCounts) => (gained - lost) / count;

/** Both p-values, so that a reader who repeats the test finds the one that McNemar's test gives. */
function describeP({ p, adjustedP, sets }: PairedCounts): string {
  const plain = formatP(p);
  if (sets === 1) return `p ${plain}`;
  const adjusted = formatP(adjustedP).replace('= ', '');
  return `p ${plain}, adjusted ${adjusted} (Holm, ${sets} sets)`;
}

function formatP(p: number): string {
  return p < 0.001 ? '< 0.001' : `= ${p.toPrecision(2)}`;
}

function bySignificance(pair: PairedCounts): GateVerdict {
  if (pair.adjustedP > significanceLevel) return 'same';
  return changeOf(pair) < 0 ? 'worse' : 'better';
}

function byTolerance(change: number, tolerance: number): GateVerdict {
  if (Math.abs(change) <= tolerance) return 'same';
  return change < 0 ? 'worse' : 'better';
}

const losesTooMany = (pair: PairedCounts) =>
  pair.count >= minImages && changeOf(pair) < -maxImageLoss;

/** Test and validation images: worse by more than chance, or by more than 0.1 points. */
const imagesRule: PairedRule = {
  verdict: pair => (losesTooMany(pair) ? 'worse' : bySignificance(pair)),
  reason: pair => (losesTooMany(pair) ? 'tolerated: 0.1 points' : describeP(pair)),
};

const isWithinSeedVariance = (pair: PairedCounts) =>
  bySignificance(pair) === 'worse' && changeOf(pair) >= -maxSingleSetLoss;

/** One corruption, or one pen: worse by more than chance and more than 2 points. */
const singleSetRule: PairedRule = {
  verdict: pair => (isWithinSeedVariance(pair) ? 'same' : bySignificance(pair)),
  reason: pair => describeP(pair) + (isWithinSeedVariance(pair) ? ', but within 2 points' : ''),
};

const losesBelowAim = (pair: PairedCounts) =>
  pair.correct / pair.count < aimedStyleAccuracy &&
  pair.p <= significanceLevel &&
  changeOf(pair) < 0;

/** One style family: worse by more than chance, and below 99 %. */
const styleRule: PairedRule = {
  verdict: pair => (losesBelowAim(pair) ? 'worse' : singleSetRule.verdict(pair)),
  reason: pair => describeP(pair) + (losesBelowAim(pair) ? ', and below 99 %' : ''),
};

/** Held-out corrections: few images, from users of the model, so a single lost one counts as worse. */
const correctionsRule: PairedRule = {
  verdict: pair => byTolerance(changeOf(pair), 0),
  reason: () => 'any loss blocks promotion',
};

/** The rules of the groups with a paired test. */
export const pairedRules: Partial<Record<RowGroup, PairedRule>> = {
  corrections: correctionsRule,
  test: imagesRule,
  validation: imagesRule,
  corruption: singleSetRule,
  drawings: singleSetRule,
  styles: styleRule,
};

/**
 * The groups whose sets are also compared pooled, which reveals small losses on many sets, with the name
 * of the pooled row.
 */
export const pooledNames: Partial<Record<RowGroup, string>> = {
  corruption: 'all corruptions',
  drawings: 'all drawings',
  styles: 'all styles',
};

/** The tolerance of a pooled group, at least twice the largest standard error of a fraction, 1 / √count. */
const pooledTolerance = ({ count }: PairedCounts) => Math.max(maxPooledLoss, 1 / Math.sqrt(count));

/**
 * The rule of a pooled group: a tolerance, because most of its sets repeat images, which McNemar's test does
 * not allow.
 */
export const pooledRule: PairedRule = {
  verdict: pair => byTolerance(changeOf(pair), pooledTolerance(pair)),
  reason: pair => `tolerated: ${(100 * pooledTolerance(pair)).toFixed(1)} points`,
};
