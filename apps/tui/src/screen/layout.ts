// Where things stand on the screen: how large it must be, and which pixels a cell shows.
// Everything hangs from the top left corner, so that resizing moves nothing.

import { type Point, SIDE } from '@digits/canvas';
import type { Cell } from '../terminal/mouse-report.ts';

export type WindowSize = { readonly columns: number; readonly rows: number };

/** Cells of the canvas, without its border, and the place of the first of them. */
export type CanvasArea = {
  readonly left: number;
  readonly top: number;
  readonly columns: number;
  readonly rows: number;
};

/** Half blocks show two pixels a cell, one above the other. */
export const PIXELS_A_ROW = 2;

/** Below the title, inside a border one cell wide. */
export const CANVAS: CanvasArea = { left: 1, top: 2, columns: SIDE, rows: SIDE / PIXELS_A_ROW };

/** Columns of the canvas with its border. */
export const BOX_COLUMNS = CANVAS.columns + 2;

/** Rows of the canvas with its border. */
export const BOX_ROWS = CANVAS.rows + 2;

/** What there is to say about asking may take two rows, so that a reason can be read. */
export const NOTICE_ROWS = 2;

/**
 * The least that everything fits into: the longest line is the help; title, service and help take
 * a row each, and one stays free.
 */
export const NEEDED: WindowSize = { columns: 66, rows: BOX_ROWS + NOTICE_ROWS + 4 };

/** @returns whether the window shows everything. */
export function isLargeEnough({ columns, rows }: WindowSize): boolean {
  return columns >= NEEDED.columns && rows >= NEEDED.rows;
}

/** @returns whether a cell shows pixels. */
export function isOnCanvas({ column, row }: Cell): boolean {
  const x = column - CANVAS.left;
  const y = row - CANVAS.top;
  return x >= 0 && x < CANVAS.columns && y >= 0 && y < CANVAS.rows;
}

/** @returns the middle of a cell in pixel units of the canvas, on it or beside it. */
export function pointAt({ column, row }: Cell): Point {
  return [column - CANVAS.left + 0.5, (row - CANVAS.top + 0.5) * PIXELS_A_ROW];
}

/** @returns the cell that shows the pixel in column x and row y. */
export function cellOf(x: number, y: number): Cell {
  return { column: CANVAS.left + x, row: CANVAS.top + Math.floor(y / PIXELS_A_ROW) };
}
