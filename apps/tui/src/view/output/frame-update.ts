// Incremental frame update: writes only the cells that changed, with absolute positions and only the
// style that differs. Ink rewrites the rest of a row after its first change, which for a drawing
// beside a panel is ten times as much.

import type { DisplayStyle } from '../display-style.ts';
import { cellsOfRow, emptyCell, type StyledCell } from './styled-row.ts';

/** The content of the terminal, row by row from the top. Further rows are empty. */
export interface Frame {
  readonly rows: readonly string[];
  readonly cells: readonly (readonly StyledCell[])[];
}

export const noFrame: Frame = { rows: [], cells: [] };

const csi = '\u{1b}[';
const resetStyle = `${csi}m`;
const eraseRow = `${csi}2K`;
const eraseRest = `${csi}K`;

/** Characters that are one column wide for sure; a row with any other is rewritten whole. */
const narrow = /^[\x20-\x7e\u00a0-\u00ac\u00ae-\u02ff\u2010-\u2027\u2190-\u2193\u2500-\u259f]*$/u;

// biome-ignore lint/suspicious/noControlCharactersInRegex: it matches control sequences
const styles = /\u001b\[[\d;]*m/g;

/** Writing a few unchanged characters costs less than moving the cursor past them. */
const maxRewrittenCells = 3;

/** @returns the frame of some rows, cut to the window; unchanged rows are not parsed again. */
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

/** @returns the text to write; empty if nothing changed. */
export function frameUpdate(
  previous: Frame,
  next: Frame,
  colours: DisplayStyle['colours'],
): string {
  const writer: Writer = { written: '', style: emptyCell, colours };
  const count = Math.max(previous.rows.length, next.rows.length);
  for (let row = 0; row < count; row++) {
    if (previous.cells[row] === next.cells[row]) continue;
    const isNarrow = [previous, next].every(frame => isNarrowRow(frame.rows[row] ?? ''));
    if (isNarrow) updateRow(writer, row, previous.cells[row] ?? [], next.cells[row] ?? []);
    else rewriteRow(writer, row, next.rows[row] ?? '');
  }
  if (!isSameStyle(writer.style, emptyCell)) writer.written += resetStyle;
  return writer.written;
}

/** @returns the first inverse cell, which is the position of a drawn cursor. */
export function inverseCell({ cells }: Frame): { column: number; row: number } | undefined {
  for (const [row, styled] of cells.entries()) {
    const column = styled.findIndex(({ attributes }) => attributes.split(';').includes('7'));
    if (column >= 0) return { column, row };
  }
  return undefined;
}

/** What has been written, and the style that the terminal has after it. */
interface Writer {
  written: string;
  style: StyledCell;
  readonly colours: DisplayStyle['colours'];
}

function updateRow(
  writer: Writer,
  row: number,
  previous: readonly StyledCell[],
  next: readonly StyledCell[],
): void {
  const { colours } = writer;
  const end = contentEnd(next, colours);
  const isShorter = contentEnd(previous, colours) > end;
  const at = (cells: readonly StyledCell[], column: number) => cells[column] ?? emptyCell;
  let position = -1;
  for (let column = 0; column < end; column++) {
    if (isSameCell(at(previous, column), at(next, column), colours)) continue;
    const between = position < 0 ? [] : next.slice(position, column);
    if (
      position >= 0 &&
      between.length <= maxRewrittenCells &&
      between.every(cell => isSameStyle(cell, writer.style))
    ) {
      writer.written += between.map(({ character }) => character).join('');
    } else moveTo(writer, row, position, column);
    writeCell(writer, at(next, column));
    position = column + 1;
  }
  if (isShorter) {
    moveTo(writer, row, position, end);
    writeStyle(writer, emptyCell);
    writer.written += eraseRest;
  }
}

/** @param position the column after the cell written last; −1 if none was in this row. */
function moveTo(writer: Writer, row: number, position: number, column: number): void {
  const distance = column - position;
  if (position < 0) writer.written += `${csi}${row + 1};${column + 1}H`;
  else if (distance > 0) writer.written += `${csi}${distance === 1 ? '' : distance}C`;
}

/** @returns the column after the last cell that is not empty. */
function contentEnd(cells: readonly StyledCell[], colours: DisplayStyle['colours']): number {
  return cells.findLastIndex(cell => !isSameCell(cell, emptyCell, colours)) + 1;
}

function rewriteRow(writer: Writer, row: number, text: string): void {
  const isPlain = writer.colours === 'none';
  const shown = isPlain ? text.replaceAll(styles, '') : text;
  const reset = isPlain ? '' : resetStyle;
  writer.written += `${reset}${csi}${row + 1};1H${eraseRow}${shown}${reset}`;
  writer.style = emptyCell;
}

function writeCell(writer: Writer, cell: StyledCell): void {
  writeStyle(writer, cell);
  writer.written += cell.character;
}

function writeStyle(writer: Writer, cell: StyledCell): void {
  if (writer.colours === 'none') return;
  writer.written += styleChange(writer.style, cell);
  writer.style = cell;
}

/** Attributes are not switched off one by one: if they differ, the style is reset first. */
function styleChange(before: StyledCell, after: StyledCell): string {
  const isReset = before.attributes !== after.attributes;
  const from = isReset ? emptyCell : before;
  const parts = [
    ...(isReset && !isSameStyle(before, emptyCell) ? ['0'] : []),
    ...(isReset && after.attributes !== '' ? [after.attributes] : []),
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
