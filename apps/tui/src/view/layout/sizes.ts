// The sizes of the panels, and the smallest window that they fit into.

import { canvasSide } from '@digits/canvas';
import type { WindowSize } from '../../state/terminal.ts';
import type { PictureForm } from '../canvas/picture-rows.ts';
import { keyHints } from '../text/keys.ts';

/** A border takes a cell at each side. */
export const borders = 2;

/** The status message may take two rows, so that a reason can be read. */
export const messageRows = 2;

/** The answer at its narrowest: ten bars beside the big digit; the confusion matrix fits too. */
export const minAnswerColumns = 34 + borders;
/** The prediction in two lines, and a bar for each class. */
export const answerRows = 2 + 10 + borders;

/** The borders are part of the boxes. */
export const boxes: Readonly<
  Record<PictureForm, { readonly columns: number; readonly rows: number }>
> = {
  half: { columns: canvasSide + borders, rows: canvasSide / 2 + borders },
  wide: { columns: 2 * canvasSide + borders, rows: canvasSide + borders },
};

/** The upper border or both, service, and message. */
export function statusRows(isBoxed: boolean): number {
  return (isBoxed ? borders : 1) + 1 + messageRows;
}

/** Title, status, and a line of keys. */
export const otherRows = 1 + statusRows(false) + 1;

/** The smallest window that everything fits into. */
export const minWindowSize: WindowSize = {
  columns: boxes.half.columns + minAnswerColumns,
  rows: boxes.half.rows + otherRows,
};

/** The longest line of keys fills the smallest window. */
export function marginOf(columns: number): number {
  return columns > minWindowSize.columns ? 1 : 0;
}

/** A key with what it does, in the panel of all keys. */
export const keyColumns = 46;
export const keyGap = 2;

/** The panel of all keys beside the canvas. */
export const keyBoxColumns = keyColumns + borders + 2;

/** @returns how many columns of keys fit side by side into a panel of this width. */
export function keyColumnCount(panelColumns: number): number {
  return Math.max(Math.floor((panelColumns - borders - 2 + keyGap) / (keyColumns + keyGap)), 1);
}

/** A key takes one row: see the tests of the help. */
export function keyPanelRows(columns: number): number {
  return Math.ceil(keyHints.length / keyColumnCount(columns)) + borders;
}
