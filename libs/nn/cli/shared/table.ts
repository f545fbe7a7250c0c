// Formats tables and sentences as text, fitted to the width of the terminal.

import { printableLine } from '../../src/printable-line.ts';
import type { OutputStream } from './command.ts';

/** Styles a cell's text, which includes its padding, without changing its width. */
export type CellStyle = (text: string, row: number, column: number) => string;

/** No column becomes narrower by wrapping: most words fit. */
const minWrappedColumns = 11;

const separator = '  ';

/** The width of a terminal; unlimited for a file or a pipe, whose reader wants one line a row. */
export function widthOf({ isTTY, columns }: OutputStream): number {
  return (isTTY && columns) || Number.POSITIVE_INFINITY;
}

/** Breaks sentences between words. Indented lines stay whole: they are commands to copy. */
export function wrapSentences(text: string, stream: OutputStream): string {
  const lines = text.split('\n');
  const fit = (line: string) => (line.startsWith(' ') ? [line] : wrapText(line, widthOf(stream)));
  return lines.flatMap(fit).join('\n');
}

/**
 * Joins the parts of a line, without empty ones.
 *
 * @param optional parts that are left out, in this order, until the line is shorter than `maxColumns`
 */
export function fitLine(
  parts: readonly string[],
  optional: readonly string[],
  maxColumns: number,
): string {
  const line = parts.filter(part => part !== '').join(separator);
  const [next, ...others] = optional;
  if (line.length < maxColumns || next === undefined) return line;
  return fitLine(
    parts.filter(part => part !== next),
    others,
    maxColumns,
  );
}

/**
 * Aligns rows of text, made printable, in columns: the first column left, the others right. Where they do
 * not fit, the cells of the widest columns are wrapped.
 *
 * @param maxColumns the width to fit into, as far as that is possible
 */
export function alignTable(
  rows: readonly (readonly string[])[],
  style?: CellStyle,
  maxColumns?: number,
): string {
  return alignRows(rows, style, maxColumns).join('\n');
}

/** As `alignTable`. @returns the text of each row, which may have several lines */
export function alignRows(
  given: readonly (readonly string[])[],
  style: CellStyle = text => text,
  maxColumns = Number.POSITIVE_INFINITY,
): string[] {
  const rows = given.map(row => row.map(printableLine));
  const natural = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map(row => row[column]!.length)),
  );
  const widths = fitWidths(natural, maxColumns);
  return rows.map((row, i) => {
    const cells = row.map((text, column) => wrapText(text, widths[column]!));
    const lines = Array.from(
      { length: Math.max(...cells.map(({ length }) => length)) },
      (_, line) =>
        cells.map((cell, column) => {
          const [text, width] = [cell[line] ?? '', widths[column]!];
          return style(column === 0 ? text.padEnd(width) : text.padStart(width), i, column);
        }),
    );
    return lines.map(line => line.join(separator)).join('\n');
  });
}

/** Narrows the widest columns, one character after the other, until all fit. */
function fitWidths(natural: readonly number[], maxColumns: number): number[] {
  const widths = [...natural];
  const excess = () =>
    widths.reduce((sum, width) => sum + width, separator.length * (widths.length - 1)) - maxColumns;
  while (excess() > 0) {
    const widest = widths.indexOf(Math.max(...widths));
    if (widths[widest]! <= minWrappedColumns) break;
    widths[widest]!--;
  }
  return widths;
}

/**
 * Breaks a text between words, and words that are longer than a line. Later lines are indented as the
 * first one is.
 */
export function wrapText(text: string, width: number): string[] {
  if (text.length <= width) return [text];
  const indent = /^ */.exec(text)![0].slice(0, width - 1);
  const size = width - indent.length;
  const pieces = text
    .trim()
    .split(/ +/)
    .flatMap(word => word.match(new RegExp(`.{1,${size}}`, 'gs'))!);
  const lines: string[] = [];
  for (const piece of pieces) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + piece.length <= size) {
      lines[lines.length - 1] = `${last} ${piece}`;
    } else lines.push(piece);
  }
  return lines.map(line => indent + line);
}
