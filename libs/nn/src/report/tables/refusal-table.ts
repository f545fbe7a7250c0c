// The table of outliers and their refusal, for reports, cards and the terminal.

import { missing, percent, percentIfAny, wholeNumber } from '../../evaluation/metrics/format.ts';
import type { Refusal, RefusedSet } from '../../evaluation/metrics/refusal.ts';
import { refusedFraction, sumDecisions } from '../../evaluation/metrics/refusal.ts';
import { scoreNames } from '../../evaluation/metrics/scores.ts';

/** Titles of the columns. */
export const refusalHead = [
  'Outliers',
  'Pictures',
  'Writers',
  'Refused',
  ...scoreNames.map(name => `AUC ${name}`),
  ...scoreNames.map(name => `by ${name}`),
];

/** The rows of the table, with the columns of `refusalHead`. */
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

/** A text that explains the columns. */
export function describeRefusal(refusal: Refusal): string {
  const { digits, lostShare, digitSets } = refusal;
  return (
    `${describeDecisions(refusal)} AUC: the area under each score's ROC curve against the ` +
    `${wholeNumber(digits)} digits of ${digitSets.length} sets, test images, drawings and styles. By ` +
    `each score: the fraction refused where ${percent(lostShare, 0)} of those digits are. Confidence is ` +
    'calibrated, energy is free energy, margin the highest logit above the second.'
  );
}

function describeDecisions({ sets }: Refusal): string {
  const counts = sumDecisions(sets.map(({ verdicts }) => verdicts));
  if (counts === null) return 'The model has no thresholds.';
  return (
    `Refused by the model's own thresholds: ${wholeNumber(counts['not-a-digit'])} as not a digit, ` +
    `${wholeNumber(counts.uncertain)} as uncertain, ${wholeNumber(counts.blank)} as blank.`
  );
}
