// The layout of the screen for the size of the window. In a small window the canvas is 28×14 cells of
// two pixels each; in a large one 56×28, a pixel as two cells. The rest goes to the prediction, then
// to the network's input, then to the list of keys, and to the margin.

import { canvasSide, type Point } from '@digits/canvas';
import type { WindowSize } from '../state/terminal.ts';
import type { PictureForm } from './canvas/picture-rows.ts';
import { bigDigitSize } from './text/big-digit.ts';

/** The cells of the canvas inside its box, from the top left of the screen. */
export interface CanvasArea {
  readonly left: number;
  readonly top: number;
  readonly columns: number;
  readonly rows: number;
}

/** Beside the rest of the prediction, or below its bars. */
export type NetworkInputPlace = 'beside' | 'below' | 'none';

export interface Layout {
  readonly form: PictureForm;
  readonly canvas: CanvasArea;
  /** The margin to the left and above, and the columns within it. */
  readonly left: number;
  readonly top: number;
  readonly columns: number;
  /** Empty rows under the title and under the canvas. */
  readonly space: number;
  /** Columns of the side panel, and of the prediction in it. */
  readonly panelColumns: number;
  readonly predictionColumns: number;
  /** Whether the big digit is above the bars instead of beside them, and its scale. */
  readonly isBigDigitAbove: boolean;
  readonly bigDigitScale: number;
  readonly networkInput: NetworkInputPlace;
  readonly isKeyListShown: boolean;
  /** Lines of keys at the bottom. */
  readonly keyLines: number;
}

/** The status message may take two rows, so that a reason can be read. */
export const messageRows = 2;

/** Between parts that are side by side. */
export const gapColumns = 2;
const wideGapColumns = 3;

/** Columns of the list of keys if it is always shown. */
export const keyListColumns = 46;

/** The prediction at its narrowest: ten bars beside the big digit; the confusion matrix fits too. */
const minPredictionColumns = 34;
/** Longer bars show no more. */
const maxPredictionColumns = 60;

/** A picture in half blocks, with its box. */
const networkInputColumns = canvasSide + 2;

/** Title, tool, service, message and a line of keys. */
const otherRows = 1 + 1 + 1 + messageRows + 1;

const boxes: Readonly<Record<PictureForm, { columns: number; rows: number }>> = {
  half: { columns: canvasSide + 2, rows: canvasSide / 2 + 2 },
  wide: { columns: 2 * canvasSide + 2, rows: canvasSide + 2 },
};

/** The smallest window that everything fits into. */
export const minWindowSize: WindowSize = {
  columns: boxes.half.columns + gapColumns + minPredictionColumns,
  rows: boxes.half.rows + otherRows,
};

/** @returns `undefined` for a window that is too small. */
export function layoutOf(window: WindowSize): Layout | undefined {
  if (window.columns < minWindowSize.columns || window.rows < minWindowSize.rows) return undefined;
  const wide = boxes.wide;
  const isWide =
    window.columns >= wide.columns + gapColumns + minPredictionColumns &&
    window.rows >= wide.rows + otherRows + 1;
  return isWide ? wideLayout(window) : halfLayout(window);
}

function halfLayout(window: WindowSize): Layout {
  const panelColumns = Math.min(
    window.columns - boxes.half.columns - gapColumns,
    maxPredictionColumns + gapColumns + networkInputColumns,
  );
  const isBeside = panelColumns >= minPredictionColumns + gapColumns + networkInputColumns;
  return centred(window, {
    form: 'half',
    gap: gapColumns,
    panelColumns,
    predictionColumns: isBeside ? panelColumns - gapColumns - networkInputColumns : panelColumns,
    isBigDigitAbove: false,
    bigDigitScale: 1,
    networkInput: isBeside ? 'beside' : 'none',
    isKeyListShown: false,
  });
}

function wideLayout(window: WindowSize): Layout {
  const gap = wideGapColumns;
  const beside = window.columns - boxes.wide.columns - gap;
  const isKeyListShown = beside >= gap + keyListColumns + maxPredictionColumns;
  const panelColumns = Math.min(
    isKeyListShown
      ? beside - gap - keyListColumns
      : window.columns - boxes.wide.columns - gapColumns,
    maxPredictionColumns,
  );
  const isRoomy = panelColumns >= bigDigitSize(2).columns + gap + networkInputColumns;
  return centred(window, {
    form: 'wide',
    gap: isKeyListShown ? gap : gapColumns,
    panelColumns,
    predictionColumns: panelColumns,
    isBigDigitAbove: isRoomy,
    bigDigitScale: isRoomy ? 2 : 1,
    // Below the bars it takes all rows beside the canvas.
    networkInput: isRoomy ? 'beside' : 'below',
    isKeyListShown,
  });
}

type Parts = Pick<
  Layout,
  | 'form'
  | 'panelColumns'
  | 'predictionColumns'
  | 'isBigDigitAbove'
  | 'bigDigitScale'
  | 'networkInput'
  | 'isKeyListShown'
> & { readonly gap: number };

/** Centres the whole in the window. */
function centred(window: WindowSize, { gap, ...parts }: Parts): Layout {
  const box = boxes[parts.form];
  const keys = parts.isKeyListShown ? gap + keyListColumns : 0;
  const columns = box.columns + gap + parts.panelColumns + keys;
  const spare = window.rows - box.rows - otherRows;
  const keyLines = parts.isKeyListShown || spare < 1 ? 1 : 2;
  const space = spare >= keyLines + 3 ? 1 : 0;
  const rows = box.rows + otherRows + (keyLines - 1) + 2 * space;
  const left = Math.floor((window.columns - columns) / 2);
  const top = Math.floor((window.rows - rows) / 2);
  return {
    ...parts,
    canvas: {
      left: left + 1,
      top: top + 1 + space + 1,
      columns: box.columns - 2,
      rows: box.rows - 2,
    },
    left,
    top,
    columns,
    space,
    keyLines,
  };
}

/** @returns the columns between the canvas and the side panel. */
export function panelGapOf({ isKeyListShown }: Layout): number {
  return isKeyListShown ? wideGapColumns : gapColumns;
}

/** A position in cells: a whole number means the cell, any other an exact position in it. */
export interface ScreenPosition {
  readonly x: number;
  readonly y: number;
}

/** @returns whether a position is on the canvas. */
export function isOnCanvas(
  { x, y }: ScreenPosition,
  { left, top, columns, rows }: CanvasArea,
): boolean {
  return x >= left && x < left + columns && y >= top && y < top + rows;
}

/** @returns the position in pixels of the drawing, which may be outside of it. */
export function pointAt({ x, y }: ScreenPosition, { left, top, columns, rows }: CanvasArea): Point {
  return [((inCell(x) - left) * canvasSide) / columns, ((inCell(y) - top) * canvasSide) / rows];
}

/** @returns the first cell that shows the pixel in column x and row y. */
export function cellOf(
  x: number,
  y: number,
  { left, top, columns, rows }: CanvasArea,
): ScreenPosition {
  return {
    x: left + Math.floor((x * columns) / canvasSide),
    y: top + Math.floor((y * rows) / canvasSide),
  };
}

/** A whole cell is represented by its centre. */
function inCell(coordinate: number): number {
  return Number.isInteger(coordinate) ? coordinate + 0.5 : coordinate;
}
