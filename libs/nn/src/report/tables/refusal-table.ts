// What is no digit and how it was refused as one table, the same on the terminal and in the report.

import { missing, percent, percentIfAny, wholeNumber } from '../../evaluation/metrics/format.ts';
import type { Refusal, RefusedSet } from '../../evaluation/metrics/refusal.ts';
import { type DecisionCounts, refusedFraction } from '../../evaluation/metrics/refusal.ts';
import { scoreNames } from '../../evaluation/metrics/scores.ts';

export const refusalHead = [
  'No digits',
  'Pictures',
  'Writers',
  'Refused',
  ...scoreNames.map(name => `AUC ${name}`),
  ...scoreNames.map(name => `by ${name}`),
];

/** As many cells in each row as in `refusalHead`. */
export function refusalRowsOf({ sets }: Refusal): string[][] {
  return sets.map(rowOf);
}

function rowOf({ name, count, writers, verdicts, scores }: RefusedSet): string[] {
  return [
    name,
    wholeNumber(count),
    writers === null ? missing : wholeNumber(writers),
    percentIfAny(refusedFraction(verdicts)),
    ...scoreNames.map(score => scores[score].area.toFixed(4)),
    ...scoreNames.map(score => percent(scores[score].refused)),
  ];
}

/** What the columns mean. */
export function describeRefusal(refusal: Refusal): string {
  const { digits, lostShare, digitSets } = refusal;
  return (
    `${describeVerdicts(refusal)} AUC: the area under each score's ROC curve against the ` +
    `${wholeNumber(digits)} digits of ${digitSets.length} sets, test images and drawings. By each ` +
    `score: the share refused where ${percent(lostShare, 0)} of those digits are. Confidence is ` +
    'calibrated, energy is free energy, margin the highest logit above the second.'
  );
}

function describeVerdicts({ sets }: Refusal): string {
  const all = sets.flatMap(({ verdicts }) => (verdicts === null ? [] : [verdicts]));
  if (all.length === 0) return 'The model has no thresholds of its own.';
  const count = (verdict: keyof DecisionCounts) =>
    wholeNumber(all.reduce((sum, verdicts) => sum + verdicts[verdict], 0));
  return (
    `Refused by the model's own thresholds: ${count('not-a-digit')} as no digit, ` +
    `${count('uncertain')} as uncertain, ${count('blank')} as blank.`
  );
}
