// Tables beside the canvas whose rows can be selected: lines with their tones, scrolled so that the
// selected row is shown, cut or wrapped to their place, and texts for the border.

import { cut } from '@digits/screen';
import type { Tone } from '../../tones.ts';

export interface TableLine {
  readonly text: string;
  readonly tone: Tone;
  /** The row that a click on the line selects. */
  readonly row?: number;
}

/** A table as a panel: texts of its border, and the lines within. */
export interface Table {
  readonly title: string;
  readonly lines: readonly TableLine[];
  /** In the lower edge. */
  readonly footer: string;
}

/** A place for a table within a border, and the selected row. */
export interface TablePlace {
  readonly row: number;
  readonly columns: number;
  readonly rows: number;
}

/** @returns at most `count` consecutive lines with the selected row in the middle, if possible. */
export function scrolledTo(
  lines: readonly TableLine[],
  row: number,
  count: number,
): readonly TableLine[] {
  const selected = Math.max(
    lines.findIndex(line => line.row === row),
    0,
  );
  const first = Math.min(selected - Math.floor(count / 2), lines.length - count);
  return lines.slice(Math.max(first, 0), Math.max(first, 0) + count);
}

/** @returns the position of the selected row, and how many rows are hidden above and below. */
export function positionLine(shown: readonly TableLine[], row: number, total: number): string {
  const rows = shown.flatMap(line => (line.row === undefined ? [] : [line.row]));
  const above = rows[0] ?? 0;
  const below = Math.max(total - 1 - (rows.at(-1) ?? 0), 0);
  const hidden = [
    ...(above > 0 ? [`${above} above`] : []),
    ...(below > 0 ? [`${below} below`] : []),
  ].join(', ');
  return `${Math.min(row + 1, total)} of ${total}${hidden === '' ? '' : ` (${hidden})`}`;
}

/** @returns the marker in front of a row. */
export function markerOf(isSelected: boolean): string {
  return isSelected ? '> ' : '  ';
}

/** @returns lines that fit their place: a word that is longer is broken, and an ellipsis ends a text that does not fit. */
export function wrappedInto(text: string, columns: number, maxRows: number): string[] {
  const pieces = new RegExp(`.{${columns}}(?=[^ ])`, 'gsu');
  const parts = text.split(' ').map(word => word.replace(pieces, '$& '));
  const lines = wrapped(parts.join(' '), columns);
  if (lines.length <= maxRows) return lines;
  const last = lines.slice(maxRows - 1).join(' ');
  return [...lines.slice(0, maxRows - 1), cut(last, columns)];
}

/** @returns lines of at most so many columns, broken at spaces; the screen cuts off a longer word. */
export function wrapped(text: string, columns: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= columns) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else lines.push(word);
  }
  return lines;
}
