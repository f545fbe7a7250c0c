// The layout for drawing: the canvas with the panels beside it, the layers below if there are rows to
// spare, all keys if they fit, the status, and one or two lines of keys.

import type { WindowSize } from '../../state/terminal.ts';
import {
  type Area,
  inset,
  type Layout,
  type PanelAreas,
  splitColumns,
  splitRows,
} from './areas.ts';
import {
  answerRows,
  borders,
  boxes,
  keyBoxColumns,
  keyPanelRows,
  marginOf,
  minAnswerColumns,
  otherRows,
  statusRows,
} from './sizes.ts';

/** Four rows of the outputs of each layer, within a border. */
const minLayerRows = 4 + borders;

/** The big digit beside the network's input. */
const minDividedColumns = minAnswerColumns + boxes.half.columns;

export function drawingLayout(window: WindowSize): Layout {
  const { columns, rows } = window;
  const isWide =
    columns >= boxes.wide.columns + minAnswerColumns && rows >= boxes.wide.rows + otherRows + 1;
  const form = isWide ? 'wide' : 'half';
  const box = boxes[form];
  const heights = heightsOf(window, isWide);
  const canvas = { left: 0, top: 1, ...box };
  const layers = { left: 0, top: canvas.top + box.rows, columns, rows: heights.layers };
  const keysBelow = { ...layers, top: layers.top + layers.rows, rows: heights.keysBelow };
  const status = { ...keysBelow, top: keysBelow.top + keysBelow.rows, rows: heights.status };
  const keyLines = { ...status, top: status.top + status.rows, rows: heights.keyLines };
  const beside = { ...canvas, left: box.columns, columns: columns - box.columns };
  const [side, keysBeside] = splitColumns(
    beside,
    beside.columns - (heights.areKeysBeside ? keyBoxColumns : 0),
  );
  const keys = heights.areKeysBeside ? keysBeside : keysBelow.rows > 0 ? keysBelow : undefined;
  const margin = marginOf(columns);
  return {
    form,
    canvas: inset(canvas, 1, 1),
    panels: {
      canvas,
      side,
      ...(isWide ? dividedWide(side) : dividedHalf(side)),
      layers: layers.rows > 0 ? layers : undefined,
      keys,
      status,
    },
    header: { left: margin, top: 0, columns: columns - 2 * margin, rows: 1 },
    isStatusBoxed: heights.isStatusBoxed,
    keyLines: inset(keyLines, margin, 0),
  };
}

/** A long list beside the canvas has the rows of the layers too. */
export function listLayout(window: WindowSize): Layout {
  const layout = drawingLayout(window);
  const { layers, side } = layout.panels;
  const longer = { ...side, rows: side.rows + (layers?.rows ?? 0) };
  return { ...layout, panels: { ...layout.panels, side: longer, layers: undefined } };
}

interface Heights {
  readonly areKeysBeside: boolean;
  readonly isStatusBoxed: boolean;
  /** Rows of each part below the canvas; 0 for one that has no place. */
  readonly layers: number;
  readonly keysBelow: number;
  readonly status: number;
  readonly keyLines: number;
}

/** Together they fill the window: of rows that are too few for the layers the status has the benefit. */
function heightsOf({ columns, rows }: WindowSize, isWide: boolean): Heights {
  const box = boxes[isWide ? 'wide' : 'half'];
  const spare = rows - box.rows - otherRows;
  // The box of the status takes a row, and so does the second line of keys.
  const areKeysBelow = spare >= keyPanelRows(columns) + 1;
  const areKeysBeside =
    isWide && !areKeysBelow && columns >= box.columns + keyBoxColumns + minDividedColumns;
  const keyLines = areKeysBelow || areKeysBeside || spare < 1 ? 1 : 2;
  const keysBelow = areKeysBelow ? keyPanelRows(columns) : 0;
  const isStatusBoxed = spare >= keyLines;
  const status = statusRows(isStatusBoxed);
  const rest = rows - 1 - box.rows - keysBelow - status - keyLines;
  const layers = rest >= minLayerRows ? rest : 0;
  return {
    ...{ areKeysBeside, isStatusBoxed, layers, keysBelow, keyLines },
    status: status + rest - layers,
  };
}

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
