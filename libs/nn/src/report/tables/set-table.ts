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

const titlesOfColumns = [
  ...['Set', 'Pictures', 'Writers', 'Accuracy', '95 % interval', confusedTitle],
  ...['ECE', 'Refused'],
];

const digits = '0123456789';

type Group = SetEvaluation['group'];

const titles: Readonly<Record<Group, string>> = {
  test: 'Test images',
  validation: 'Validation images',
  corruption: 'Test images, corrupted as in MNIST-C',
  drawings: 'Digits drawn by held-out writers',
  styles: 'Synthetic digits by style, unseen parameters',
};

export function setTableOf(measurements: SetMeasurements): SetTable {
  const groups = rowsOf(measurements);
  const areDigits = measurements.evaluations.every(
    ({ evaluation: { classes } }) => classes.map(({ name }) => name).join('') === digits,
  );
  if (areDigits) return { head: titlesOfColumns, groups };
  const left = (row: readonly string[]) =>
    row.filter((_, column) => titlesOfColumns[column] !== confusedTitle);
  return {
    head: left(titlesOfColumns),
    groups: groups.map(({ title, rows, total }) => ({
      title,
      rows: rows.map(left),
      total: total && left(total),
    })),
  };
}

function rowsOf({ evaluations, groups }: SetMeasurements): SetRows[] {
  return [...Map.groupBy(evaluations, ({ group }) => group)].map(([group, members]) => {
    const summary = groups.find(one => one.group === group);
    return {
      title: titles[group],
      rows: members.map(rowOf),
      total: summary ? totalOf(summary) : null,
    };
  });
}

function rowOf({ name, writers, verdicts, evaluation }: SetEvaluation): string[] {
  const { count, accuracy, interval, confusion, calibrated } = evaluation;
  return [
    name,
    wholeNumber(count),
    writers === null ? missing : wholeNumber(writers),
    percent(accuracy),
    percentRange(interval),
    onesAndSevens(confusion),
    percent(calibrated.expectedCalibrationError),
    percentIfAny(refusedFraction(verdicts)),
  ];
}

/** The row of a whole group, without an interval because most groups repeat the same digits. */
function totalOf(summary: GroupSummary): string[] {
  const { sets, count, accuracy, confusion, expectedCalibrationError, verdicts } = summary;
  return [
    `all ${sets} together`,
    wholeNumber(count),
    missing,
    percent(accuracy),
    missing,
    onesAndSevens(confusion),
    percent(expectedCalibrationError),
    percentIfAny(refusedFraction(verdicts)),
  ];
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
