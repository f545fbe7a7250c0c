// The table of all measured sets by group, for reports, cards and the terminal.

import type { ConfusionMatrix } from '../../evaluation/metrics/confusion.ts';
import {
  missing,
  percent,
  percentIfAny,
  percentRange,
  wholeNumber,
} from '../../evaluation/metrics/format.ts';
import { refusedFraction } from '../../evaluation/metrics/refusal.ts';
import type { SetMeasurements } from '../../evaluation/sets/measure-sets.ts';
import type { GroupSummary, SetEvaluation } from '../../evaluation/sets/set-evaluation.ts';

/** The table of all sets. */
export interface SetTable {
  /** titles of the columns */
  readonly head: readonly string[];
  /** in the order of the sets */
  readonly groups: readonly SetRows[];
}

/** The rows of one group of sets. */
export interface SetRows {
  readonly title: string;
  readonly rows: readonly (readonly string[])[];
  /** the group as a whole; null for a group of one set */
  readonly total: readonly string[] | null;
}

/**
 * Ones classified as a seven, and sevens as a one, which differ most between the styles of different countries. The
 * column is left out of figures of other classes than the ten digits.
 */
export const confusedTitle = '1→7/7→1';

/** A column with its cells. */
interface Column {
  readonly title: string;
  readonly ofSet: (set: SetEvaluation) => string;
  readonly ofGroup: (group: GroupSummary) => string;
}

const columns: readonly Column[] = [
  {
    title: 'Set',
    ofSet: ({ name }) => name,
    ofGroup: ({ sets }) => `all ${sets} together`,
  },
  {
    title: 'Pictures',
    ofSet: ({ evaluation }) => wholeNumber(evaluation.count),
    ofGroup: ({ count }) => wholeNumber(count),
  },
  {
    title: 'Writers',
    ofSet: ({ writers }) => (writers === null ? missing : wholeNumber(writers)),
    ofGroup: () => missing,
  },
  {
    title: 'Accuracy',
    ofSet: ({ evaluation }) => percent(evaluation.accuracy),
    ofGroup: ({ accuracy }) => percent(accuracy),
  },
  {
    title: '95 % interval',
    ofSet: ({ evaluation }) => percentRange(evaluation.interval),
    // Most groups repeat the same digits.
    ofGroup: () => missing,
  },
  {
    title: confusedTitle,
    ofSet: ({ evaluation }) => onesAndSevens(evaluation.confusion),
    ofGroup: ({ confusion }) => onesAndSevens(confusion),
  },
  {
    title: 'ECE',
    ofSet: ({ evaluation }) => percent(evaluation.calibrated.expectedCalibrationError),
    ofGroup: ({ expectedCalibrationError }) => percent(expectedCalibrationError),
  },
  {
    title: 'Refused',
    ofSet: ({ verdicts }) => percentIfAny(refusedFraction(verdicts)),
    ofGroup: ({ verdicts }) => percentIfAny(refusedFraction(verdicts)),
  },
];

type Group = SetEvaluation['group'];

const titles: Readonly<Record<Group, string>> = {
  test: 'Test images',
  validation: 'Validation images',
  corruption: 'Test images, corrupted as in MNIST-C',
  drawings: 'Digits drawn by held-out writers',
  styles: 'Synthetic digits by style, unseen parameters',
};

export function setTableOf({ evaluations, groups }: SetMeasurements): SetTable {
  const shown = evaluations.every(isOfDigits)
    ? columns
    : columns.filter(({ title }) => title !== confusedTitle);
  return {
    head: shown.map(({ title }) => title),
    groups: [...Map.groupBy(evaluations, ({ group }) => group)].map(([group, members]) => {
      const summary = groups.find(one => one.group === group);
      return {
        title: titles[group],
        rows: members.map(set => shown.map(({ ofSet }) => ofSet(set))),
        total: summary ? shown.map(({ ofGroup }) => ofGroup(summary)) : null,
      };
    }),
  };
}

const digits = '0123456789';

function isOfDigits({ evaluation }: SetEvaluation): boolean {
  return evaluation.classes.map(({ name }) => name).join('') === digits;
}

/** The cell of `1→7/7→1`, with a dash for a class without images. */
function onesAndSevens(confusion: ConfusionMatrix): string {
  const cells = [countConfused(confusion, 1, 7), countConfused(confusion, 7, 1)];
  return cells.every(cell => cell === missing) ? missing : cells.join('/');
}

function countConfused(confusion: ConfusionMatrix, actual: number, predicted: number): string {
  const row = confusion[actual] ?? [];
  const count = row[predicted];
  return count !== undefined && row.some(one => one > 0) ? wholeNumber(count) : missing;
}
