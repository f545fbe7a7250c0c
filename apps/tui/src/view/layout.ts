// The layout of the screen: one grid of panels, computed from the size of the window alone. At the top a
// line with the title, then the canvas with the panels beside it, all keys below if they fit, the status,
// and one or two lines of keys. In a small window the canvas is 28×14 cells of two pixels each; in a
// large one 56×28, a pixel as two cells.

import { canvasSide } from '@digits/canvas';
import type { State } from '../state/state.ts';
import type { WindowSize } from '../state/terminal.ts';
import { inkPictureSize } from './canvas/ink-picture.ts';
import type { PictureForm } from './canvas/picture-rows.ts';
import { keyHints } from './text/keys.ts';

/** A rectangle of cells on the screen. */
export interface Area {
  readonly left: number;
  readonly top: number;
  readonly columns: number;
  readonly rows: number;
}

/** The areas of the panels, with their borders; `undefined` for a panel that the window has no place for. */
export interface PanelAreas {
  readonly canvas: Area;
  /** All beside the canvas but the keys: the panels below, or one of the settings, of a list, of the help. */
  readonly side: Area;
  /** The prediction in words, and a bar for each class; the view into the network may leave it out. */
  readonly answer: Area | undefined;
  /** The big digit; without this panel it is beside the bars. */
  readonly digit: Area | undefined;
  /** The network's input; without this panel a small picture of it is beside the bars, if it fits. */
  readonly seen: Area | undefined;
  /** All keys. */
  readonly keys: Area | undefined;
  /** The border around the lines of keys, if all keys have no panel and there are rows to spare. */
  readonly keyLines: Area | undefined;
  /** Service and message. Without rows to spare it has no border but the one above. */
  readonly status: Area;
}

export interface Layout {
  readonly form: PictureForm;
  /** The cells of the canvas within its border. */
  readonly canvas: Area;
  readonly panels: PanelAreas;
  /** The row of the title. */
  readonly header: Area;
  readonly isStatusBoxed: boolean;
  /** The lines of keys at the bottom. */
  readonly keyLines: Area;
}

/** The status message may take two rows, so that a reason can be read. */
export const messageRows = 2;

/** A key with what it does, in the panel of all keys. */
export const keyColumns = 46;
export const keyGap = 2;

/** A border takes a cell at each side. */
const borders = 2;
/** From this width on the text of a panel has an empty column at each side. */
const minPaddedColumns = 40;

/** The answer at its narrowest: ten bars beside the big digit; the confusion matrix fits too. */
const minAnswerColumns = 34 + borders;
/** The prediction in two lines, and a bar for each class. */
const answerRows = 2 + 10 + borders;

/** Longer lines of text are hard to read. */
const maxTextColumns = 72;

/** The borders are part of the boxes. */
const boxes: Readonly<Record<PictureForm, { readonly columns: number; readonly rows: number }>> = {
  half: { columns: canvasSide + borders, rows: canvasSide / 2 + borders },
  wide: { columns: 2 * canvasSide + borders, rows: canvasSide + borders },
};

/** Title, the upper border of the status, service, message and a line of keys. */
const otherRows = 1 + 1 + 1 + messageRows + 1;

/** The panel of all keys beside the canvas. */
const keyBoxColumns = keyColumns + borders + 2;

/** The smallest window that everything fits into. */
export const minWindowSize: WindowSize = {
  columns: boxes.half.columns + minAnswerColumns,
  rows: boxes.half.rows + otherRows,
};

/** @returns the layout for a state; `undefined` for a window that is too small. */
export function layoutIn({ window, mode }: Pick<State, 'window' | 'mode'>): Layout | undefined {
  return layoutOf(window, viewOf(mode));
}

/** The view into the network has a layout of its own. */
export type View = 'drawing' | 'inside';

export function viewOf({ type }: State['mode']): View {
  return type === 'inside' ? 'inside' : 'drawing';
}

/** @returns `undefined` for a window that is too small. */
export function layoutOf(window: WindowSize, view: View = 'drawing'): Layout | undefined {
  const { columns, rows } = window;
  if (columns < minWindowSize.columns || rows < minWindowSize.rows) return undefined;
  return view === 'inside' ? insideLayout(window) : drawingLayout(window);
}

function drawingLayout({ columns, rows }: WindowSize): Layout {
  const isWide =
    columns >= boxes.wide.columns + minAnswerColumns && rows >= boxes.wide.rows + otherRows + 1;
  const form = isWide ? 'wide' : 'half';
  const box = boxes[form];
  const spare = rows - box.rows - otherRows;
  const keysBelow = keyPanelRows(columns) + borders;
  // The box of the status takes a row, and so does the second line of keys.
  const areKeysBelow = spare >= keysBelow + 1;
  const areKeysBeside =
    isWide && !areKeysBelow && columns >= box.columns + keyBoxColumns + minDividedColumns;
  const keyRows = areKeysBelow || areKeysBeside || spare < 1 ? 1 : 2;
  const isStatusBoxed = spare >= keyRows;
  const areKeyLinesBoxed = keyRows > 1 && spare >= keyRows + borders;
  const statusRows = 1 + 1 + messageRows + (isStatusBoxed ? 1 : 0);
  const belowRows = areKeysBelow ? keysBelow : 0;
  const keyBoxRows = keyRows + (areKeyLinesBoxed ? borders : 0);
  const used = 1 + box.rows + belowRows + statusRows + keyBoxRows;
  const top = Math.floor((rows - used) / 2);
  const canvas = { left: 0, top: top + 1, ...box };
  const below = { left: 0, top: canvas.top + box.rows, columns, rows: belowRows };
  const side = {
    left: box.columns,
    top: canvas.top,
    columns: columns - box.columns - (areKeysBeside ? keyBoxColumns : 0),
    rows: box.rows,
  };
  const beside = { ...side, left: side.left + side.columns, columns: keyBoxColumns };
  const status = { left: 0, top: below.top + belowRows, columns, rows: statusRows };
  const keyBox = { left: 0, top: status.top + statusRows, columns, rows: keyBoxRows };
  const margin = marginOf(columns);
  return {
    form,
    canvas: inset(canvas, 1, 1),
    panels: {
      canvas,
      side,
      ...(isWide ? dividedWide(side) : dividedHalf(side)),
      keys: areKeysBelow ? below : areKeysBeside ? beside : undefined,
      keyLines: areKeyLinesBoxed ? keyBox : undefined,
      status,
    },
    header: { left: margin, top, columns: columns - 2 * margin, rows: 1 },
    isStatusBoxed,
    keyLines: areKeyLinesBoxed ? inset(keyBox, margin + 1, 1) : inset(keyBox, margin, 0),
  };
}

/** The longest line of keys fills the smallest window. */
function marginOf(columns: number): number {
  return columns > minWindowSize.columns ? 1 : 0;
}

/** Beside a wide canvas and above the answer, in a window that the view into the network fills. */
const minWideInsideColumns = 92;

/**
 * The view into the network fills all beside the canvas. Only a large window has the wide canvas, with the
 * answer below it; in others the network's input is below the canvas, if it fits.
 */
function insideLayout({ columns, rows }: WindowSize): Layout {
  const isStatusBoxed = rows >= minWindowSize.rows + 1;
  const statusRows = 1 + 1 + messageRows + (isStatusBoxed ? 1 : 0);
  const bodyRows = rows - 1 - statusRows - 1;
  const isWide =
    columns >= boxes.wide.columns + minWideInsideColumns &&
    bodyRows >= boxes.wide.rows + answerRows;
  const form = isWide ? 'wide' : 'half';
  const box = boxes[form];
  const canvas = { left: 0, top: 1, ...box };
  const body = { left: 0, top: 1, columns: box.columns, rows: bodyRows };
  const [, below] = splitRows(body, box.rows);
  const side = { ...body, left: box.columns, columns: columns - box.columns };
  const status = { left: 0, top: 1 + bodyRows, columns, rows: statusRows };
  const margin = marginOf(columns);
  const line = { left: margin, columns: columns - 2 * margin, rows: 1 };
  return {
    form,
    canvas: inset(canvas, 1, 1),
    panels: {
      canvas,
      side,
      answer: isWide ? below : undefined,
      digit: undefined,
      seen: !isWide && below.rows >= box.rows ? { ...below, rows: box.rows } : undefined,
      keys: undefined,
      keyLines: undefined,
      status,
    },
    header: { ...line, top: 0 },
    isStatusBoxed,
    keyLines: { ...line, top: rows - 1 },
  };
}

/** The big digit beside the network's input. */
const minDividedColumns = minAnswerColumns + boxes.half.columns;

type SidePanels = Pick<PanelAreas, 'digit' | 'seen'> & { readonly answer: Area };

/** Beside the canvas in half blocks: the answer, then the network's input. */
function dividedHalf(side: Area): SidePanels {
  if (side.columns < minDividedColumns) return { answer: side, digit: undefined, seen: undefined };
  const [answer, seen] = splitColumns(side, side.columns - boxes.half.columns);
  return { answer, digit: undefined, seen };
}

/** Beside the wide canvas: the network's input as large as that, or in half blocks above the bars. */
function dividedWide(side: Area): SidePanels {
  if (side.columns >= minAnswerColumns + boxes.wide.columns) {
    const [left, seen] = splitColumns(side, side.columns - boxes.wide.columns);
    const [digit, answer] = splitRows(left, left.rows - answerRows);
    return { answer, digit, seen };
  }
  const [upper, lower] = splitRows(side, side.rows - answerRows);
  if (side.columns >= minDividedColumns) {
    const [digit, seen] = splitColumns(upper, upper.columns - boxes.half.columns);
    return { answer: lower, digit, seen };
  }
  const [answer, seen] = splitRows(side, answerRows);
  return { answer, digit: undefined, seen };
}

function splitColumns(area: Area, columns: number): [Area, Area] {
  return [
    { ...area, columns },
    { ...area, left: area.left + columns, columns: area.columns - columns },
  ];
}

function splitRows(area: Area, rows: number): [Area, Area] {
  return [
    { ...area, rows },
    { ...area, top: area.top + rows, rows: area.rows - rows },
  ];
}

/** @returns the area without a margin. */
function inset(area: Area, columns: number, rows: number): Area {
  return {
    left: area.left + columns,
    top: area.top + rows,
    columns: area.columns - 2 * columns,
    rows: area.rows - 2 * rows,
  };
}

/** @returns the area of a panel's content: within the border, in a wide panel with a margin. */
export function contentOf(area: Area): Area {
  return inset(area, area.columns >= minPaddedColumns ? 2 : 1, 1);
}

/** @returns the area of text or of a list beside the canvas. */
export function textAreaOf({ panels }: Layout): Area {
  const content = contentOf(panels.side);
  return { ...content, columns: Math.min(content.columns, maxTextColumns) };
}

/** @returns how many columns of keys fit side by side into a panel of this width. */
export function keyColumnCount(panelColumns: number): number {
  return Math.max(Math.floor((panelColumns - borders - 2 + keyGap) / (keyColumns + keyGap)), 1);
}

/** A key takes one row: see the tests of the help. */
function keyPanelRows(columns: number): number {
  return Math.ceil(keyHints.length / keyColumnCount(columns));
}

/** @returns the network's input as a picture of its own, or small beside the bars; `none` if neither fits. */
export function seenFormOf(layout: Layout | undefined): PictureForm | 'small' | 'none' {
  if (layout === undefined) return 'none';
  const { seen, answer } = layout.panels;
  if (seen !== undefined) return seen.rows >= boxes.wide.rows ? 'wide' : 'half';
  if (answer === undefined) return 'none';
  return contentOf(answer).columns >= minColumnsWithSmallPicture ? 'small' : 'none';
}

/** A picture at half of its size, in half blocks. */
export const smallPicture = inkPictureSize(2);

/** The shortest bars, a gap, and the small picture. */
const minColumnsWithSmallPicture = 22 + 2 + smallPicture.columns;
