// A confusion matrix as text: recall in percent on the diagonal, numbers of mistakes beside it.

import { inTone, type Style, type Tone } from './style.ts';
import { textRows } from './text.ts';

/** [actual][predicted]: numbers of samples. */
export type Confusions = readonly (readonly number[])[];

/** What the cells mean. */
export const confusionLegend = 'diagonal: % right; else: images';

const labelColumns = 3;
const minCellColumns = 3;
const maxCellColumns = 4;

/** A tenth of a class that is taken for another is a bad confusion, and is shown as such. */
const badFraction = 0.1;

/**
 * Renders the matrix, its header first; of more classes than fit beside each other, the most frequent confusions.
 *
 * @returns rows of exactly `columns` cells, at least 33
 */
export function confusionRows(matrix: Confusions, columns: number, style: Style): string[] {
  if (labelColumns + minCellColumns * matrix.length > columns) {
    return textRows(frequentConfusions(matrix), columns, style);
  }
  const place = Math.floor((columns - labelColumns) / matrix.length);
  const cellColumns = Math.min(Math.max(place, minCellColumns), maxCellColumns);
  const rest = ' '.repeat(Math.max(0, columns - labelColumns - cellColumns * matrix.length));
  const inCell = ({ text, tone }: Cell) => inTone(text.padStart(cellColumns), tone, style);
  const header = matrix.map((_, digit) => `${digit}`.padStart(cellColumns)).join('');
  const rows = matrix.map((row, actual) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    const cells = row.map((count, predicted) =>
      inCell(
        predicted === actual
          ? recallCell(count, total)
          : mistakeCell(count, total, cellColumns - 1),
      ),
    );
    return inTone(` ${actual} `, 'quiet', style) + cells.join('') + rest;
  });
  return [inTone(' '.repeat(labelColumns) + header, 'quiet', style) + rest, ...rows];
}

/** More than fit on a screen. */
const maxListed = 100;

function frequentConfusions(matrix: Confusions): string[] {
  return matrix
    .flatMap((row, actual) => row.map((count, predicted) => ({ actual, predicted, count })))
    .filter(({ actual, predicted, count }) => actual !== predicted && count > 0)
    .sort((one, other) => other.count - one.count)
    .slice(0, maxListed)
    .map(({ actual, predicted, count }) => ` ${actual} taken for ${predicted}: ${count}`);
}

interface Cell {
  readonly text: string;
  readonly tone: Tone;
}

/** 100 % only without a mistake, so that the three digits never touch a number beside them. */
function recallCell(count: number, total: number): Cell {
  const percent = Math.round((100 * count) / total);
  const shown = count < total ? Math.min(percent, 99) : percent;
  return { text: total === 0 ? '' : `${shown}`, tone: 'accent' };
}

/** @param maxDigits of a number; plus signs stand for one that is longer */
function mistakeCell(count: number, total: number, maxDigits: number): Cell {
  if (count === 0) return { text: '·', tone: 'quiet' };
  const text = `${count}`;
  return {
    text: text.length > maxDigits ? '+'.repeat(maxDigits) : text,
    tone: count > badFraction * total ? 'against' : 'warning',
  };
}
