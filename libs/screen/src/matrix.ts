// A confusion matrix as text: recall in percent on the diagonal, numbers of mistakes beside it.

import { inTone, type Style, type Tone } from './style.ts';

/** [actual][predicted]: numbers of samples. */
export type Confusions = readonly (readonly number[])[];

const labelColumns = 3;
const cellColumns = 3;
const maxShown = 999;

/** A tenth of a class that is taken for another is a bad confusion, and is shown as such. */
const badFraction = 0.1;

/** Renders the matrix, its header first. @returns rows of exactly `columns` cells, at least 33 */
export function confusionRows(matrix: Confusions, columns: number, style: Style): string[] {
  const rest = ' '.repeat(Math.max(0, columns - labelColumns - cellColumns * matrix.length));
  const header = matrix.map((_, digit) => `${digit}`.padStart(cellColumns)).join('');
  const rows = matrix.map((row, actual) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    const cells = row.map((count, predicted) =>
      predicted === actual ? recallCell(count, total, style) : mistakeCell(count, total, style),
    );
    return inTone(` ${actual} `, 'quiet', style) + cells.join('') + rest;
  });
  return [inTone(' '.repeat(labelColumns) + header, 'quiet', style) + rest, ...rows];
}

function recallCell(count: number, total: number, style: Style): string {
  const text = total === 0 ? '' : `${Math.round((100 * count) / total)}`;
  return inTone(text.padStart(cellColumns), 'accent', style);
}

function mistakeCell(count: number, total: number, style: Style): string {
  const tone: Tone = count === 0 ? 'quiet' : count > badFraction * total ? 'against' : 'warning';
  const text = count === 0 ? '·' : `${Math.min(count, maxShown)}`;
  return inTone(text.padStart(cellColumns), tone, style);
}
