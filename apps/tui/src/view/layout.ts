// Where things stand on the screen, by the size of the window. In a small window the canvas is 28×14
// cells of two pixels each; where there is room it is 56×28, a pixel as two cells. What is left over
// goes to the answer, then to what the network saw, then to the list of keys; the rest is margin.

import { canvasSide, type Point } from '@digits/canvas';
import type { WindowSize } from '../state/terminal.ts';
import type { PictureForm } from './canvas/picture-rows.ts';
import { bigDigitSize } from './text/big-digit.ts';

/** The cells of the canvas inside its box, on the screen. */
export interface CanvasArea {
  readonly left: number;
  readonly top: number;
  readonly columns: number;
  readonly rows: number;
}

export interface Layout {
  readonly form: PictureForm;
  readonly canvas: CanvasArea;
  /** The margin to the left and above, and the columns of all that stands in it. */
  readonly left: number;
  readonly top: number;
  readonly columns: number;
  /** Empty rows under the title and under the canvas. */
  readonly space: number;
  /** Columns of the part beside the canvas, and of what the answer has of it. */
  readonly panelColumns: number;
  readonly predictionColumns: number;
  /** Whether the figure stands above the bars instead of beside them, and how large. */
  readonly isBigDigitAbove: boolean;
  readonly bigDigitScale: number;
  readonly isNetworkInputShown: boolean;
  readonly isKeyListShown: boolean;
  /** Lines of keys at the bottom. */
  readonly keyLines: number;
}

/** What there is to say may take two rows, so that a reason can be read. */
export const noticeRows = 2;

/** Between the parts that stand side by side. */
export const gapColumns = 2;
const wideGapColumns = 3;

/** Columns of the list of keys where it has a place of its own. */
export const keyListColumns = 46;

/** The answer in its least form: ten bars beside the figure, and a matrix of confusion. */
const minPredictionColumns = 34;
/** Longer bars say no more. */
const maxPredictionColumns = 60;

/** The box of a picture in half blocks, with its border. */
const networkInputColumns = canvasSide + 2;

/** Title, tool, service, notice and a line of keys. */
const otherRows = 1 + 1 + 1 + noticeRows + 1;

const boxes: Readonly<Record<PictureForm, { columns: number; rows: number }>> = {
  half: { columns: canvasSide + 2, rows: canvasSide / 2 + 2 },
  wide: { columns: 2 * canvasSide + 2, rows: canvasSide + 2 },
};

/** The least that everything fits into. */
export const minWindowSize: WindowSize = {
  columns: boxes.half.columns + gapColumns + minPredictionColumns,
  rows: boxes.half.rows + otherRows,
};

/** @returns undefined for a window that does not show everything. */
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
  const isNetworkInputShown =
    panelColumns >= minPredictionColumns + gapColumns + networkInputColumns;
  return centred(window, {
    form: 'half',
    gap: gapColumns,
    panelColumns,
    predictionColumns: isNetworkInputShown
      ? panelColumns - gapColumns - networkInputColumns
      : panelColumns,
    isBigDigitAbove: false,
    bigDigitScale: 1,
    isNetworkInputShown,
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
  const isNetworkInputShown = panelColumns >= bigDigitSize(2).columns + gap + networkInputColumns;
  return centred(window, {
    form: 'wide',
    gap: isKeyListShown ? gap : gapColumns,
    panelColumns,
    predictionColumns: panelColumns,
    isBigDigitAbove: true,
    bigDigitScale: 2,
    isNetworkInputShown,
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
  | 'isNetworkInputShown'
  | 'isKeyListShown'
> & { readonly gap: number };

/** Puts the whole in the middle of the window. */
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

/** @returns columns between the canvas and what stands beside it. */
export function panelGapOf({ isKeyListShown }: Layout): number {
  return isKeyListShown ? wideGapColumns : gapColumns;
}

/** A place on the screen in cells: a whole number is the cell, any other the very place in it. */
export interface ScreenPosition {
  readonly x: number;
  readonly y: number;
}

/** @returns whether a place is on the canvas. */
export function isOnCanvas(
  { x, y }: ScreenPosition,
  { left, top, columns, rows }: CanvasArea,
): boolean {
  return x >= left && x < left + columns && y >= top && y < top + rows;
}

/** @returns the place in pixel units of the surface, on it or beside it. */
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

/** A whole cell stands for its middle. */
function inCell(coordinate: number): number {
  return Number.isInteger(coordinate) ? coordinate + 0.5 : coordinate;
}
