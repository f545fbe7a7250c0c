// The least that turns one frame on the terminal into the next: only cells that changed are written,
// with absolute positions and only the style that differs. Ink rewrites the rest of a row behind the
// first change, which for a drawing beside a panel is ten times as much.

import type { DisplayStyle } from '../display-style.ts';
import { cellsOfRow, emptyCell, type StyledCell } from './styled-row.ts';

/** What stands on the terminal, row by row from the top. Rows beyond it are empty. */
export interface Frame {
  readonly rows: readonly string[];
  readonly cells: readonly (readonly StyledCell[])[];
}

export const noFrame: Frame = { rows: [], cells: [] };

const csi = '\u{1b}[';
const resetStyle = `${csi}m`;
const eraseRow = `${csi}2K`;
const eraseRest = `${csi}K`;

/** Characters that are surely one column wide; a row with any other is written whole. */
const narrow = /^[\x20-\x7e\u00a0-\u00ac\u00ae-\u02ff\u2010-\u2027\u2190-\u2193\u2500-\u259f]*$/u;

// biome-ignore lint/suspicious/noControlCharactersInRegex: control sequences are what it takes out
const styles = /\u001b\[[\d;]*m/g;

/** A few unchanged characters between two changes cost less than going over them. */
const worthSkipping = 3;

/** @returns the frame of some rows, cut to the window; rows that did not change are not read anew. */
export function frameOf(
  rows: readonly string[],
  previous: Frame,
  window: { readonly columns: number; readonly rows: number },
): Frame {
  const shown = rows.slice(0, window.rows);
  const cells = shown.map((row, index) => {
    const before = previous.cells[index];
    if (row === previous.rows[index] && before !== undefined && before.length <= window.columns) {
      return before;
    }
    return cellsOfRow(row).slice(0, window.columns);
  });
  return { rows: shown, cells };
}

/** @returns what to write; empty if nothing changed. */
export function frameUpdate(
  previous: Frame,
  next: Frame,
  colours: DisplayStyle['colours'],
): string {
  const pen = { written: '', style: emptyCell };
  const count = Math.max(previous.rows.length, next.rows.length);
  for (let row = 0; row < count; row++) {
    if (previous.cells[row] === next.cells[row]) continue;
    const isNarrow = [previous, next].every(frame => isNarrowRow(frame.rows[row] ?? ''));
    if (isNarrow) updateRow(pen, row, previous.cells[row] ?? [], next.cells[row] ?? [], colours);
    else rewriteRow(pen, row, next.rows[row] ?? '', colours);
  }
  if (!isSameStyle(pen.style, emptyCell)) pen.written += resetStyle;
  return pen.written;
}

/** @returns the first cell that is inverse: where a cursor is drawn. */
export function inverseCell({ cells }: Frame): { column: number; row: number } | undefined {
  for (const [row, styled] of cells.entries()) {
    const column = styled.findIndex(({ attributes }) => attributes.split(';').includes('7'));
    if (column >= 0) return { column, row };
  }
  return undefined;
}

interface Pen {
  written: string;
  style: StyledCell;
}

function updateRow(
  pen: Pen,
  row: number,
  previous: readonly StyledCell[],
  next: readonly StyledCell[],
  colours: DisplayStyle['colours'],
): void {
  const end = contentEnd(next, colours);
  const isShorter = contentEnd(previous, colours) > end;
  const at = (cells: readonly StyledCell[], column: number) => cells[column] ?? emptyCell;
  let position = -1;
  for (let column = 0; column < end; column++) {
    if (isSameCell(at(previous, column), at(next, column), colours)) continue;
    const between = position < 0 ? [] : next.slice(position, column);
    if (
      position >= 0 &&
      between.length <= worthSkipping &&
      between.every(cell => isSameStyle(cell, pen.style))
    ) {
      pen.written += between.map(({ character }) => character).join('');
    } else moveTo(pen, row, position, column);
    writeCell(pen, at(next, column), colours);
    position = column + 1;
  }
  if (isShorter) {
    moveTo(pen, row, position, end);
    writeStyle(pen, emptyCell, colours);
    pen.written += eraseRest;
  }
}

/** From where the last cell was written; −1 if none was in this row. */
function moveTo(pen: Pen, row: number, position: number, column: number): void {
  const gap = column - position;
  if (position < 0) pen.written += `${csi}${row + 1};${column + 1}H`;
  else if (gap > 0) pen.written += `${csi}${gap === 1 ? '' : gap}C`;
}

/** The column behind the last cell that is more than paper. */
function contentEnd(cells: readonly StyledCell[], colours: DisplayStyle['colours']): number {
  return cells.findLastIndex(cell => !isSameCell(cell, emptyCell, colours)) + 1;
}

function rewriteRow(pen: Pen, row: number, text: string, colours: DisplayStyle['colours']): void {
  const shown = colours === 'none' ? text.replaceAll(styles, '') : text;
  const reset = colours === 'none' ? '' : resetStyle;
  pen.written += `${reset}${csi}${row + 1};1H${eraseRow}${shown}${reset}`;
  pen.style = emptyCell;
}

function writeCell(pen: Pen, cell: StyledCell, colours: DisplayStyle['colours']): void {
  writeStyle(pen, cell, colours);
  pen.written += cell.character;
}

function writeStyle(pen: Pen, cell: StyledCell, colours: DisplayStyle['colours']): void {
  if (colours === 'none') return;
  pen.written += styleChange(pen.style, cell);
  pen.style = cell;
}

/** Attributes are not taken back one by one: a change of them begins anew. */
function styleChange(before: StyledCell, after: StyledCell): string {
  const isAnew = before.attributes !== after.attributes;
  const from = isAnew ? emptyCell : before;
  const parts = [
    ...(isAnew && !isSameStyle(before, emptyCell) ? ['0'] : []),
    ...(isAnew && after.attributes !== '' ? [after.attributes] : []),
    ...(from.foreground === after.foreground ? [] : [after.foreground || '39']),
    ...(from.background === after.background ? [] : [after.background || '49']),
  ];
  return parts.length === 0 ? '' : `${csi}${parts.join(';')}m`;
}

function isSameCell(one: StyledCell, other: StyledCell, colours: DisplayStyle['colours']): boolean {
  if (one.character !== other.character) return false;
  return colours === 'none' || isSameStyle(one, other);
}

function isSameStyle(one: StyledCell, other: StyledCell): boolean {
  return (
    one.attributes === other.attributes &&
    one.foreground === other.foreground &&
    one.background === other.background
  );
}

function isNarrowRow(row: string): boolean {
  return narrow.test(row.replaceAll(styles, ''));
}
