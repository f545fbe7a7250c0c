// The layout for the view into the network and for a network that learns: it fills all beside the canvas.
// Only a large window has the wide canvas.

import type { WindowSize } from '../../state/terminal.ts';
import { type Area, inset, type Layout, type PanelAreas, splitRows } from './areas.ts';
import { answerRows, borders, boxes, marginOf, minWindowSize, statusRows } from './sizes.ts';

/** Beside a wide canvas and above the answer, in a window that the view into the network fills. */
const minWideColumns = 92;

/** Below the canvas: the answer in words. */
const minWordRows = 2 + borders;

/** The panels of a training: progress, curves, and a confusion matrix beside filters. */
const trainingPanels = { columns: 70, rows: 23 };

export function networkLayout({ columns, rows }: WindowSize, view: 'inside' | 'watching'): Layout {
  const isStatusBoxed = rows > minWindowSize.rows;
  const rest = rows - 1 - statusRows(isStatusBoxed) - 1;
  const spare = rest - boxes.half.rows;
  // Rows that are too few for the answer below the canvas are the status's, so that the panels end together.
  const bodyRows = spare < minWordRows ? boxes.half.rows : rest;
  const isWide =
    columns >= boxes.wide.columns + minWideColumns && bodyRows >= boxes.wide.rows + answerRows;
  const form = isWide ? 'wide' : 'half';
  const body = { left: 0, top: 1, columns: boxes[form].columns, rows: bodyRows };
  const [canvas, below] = splitRows(body, boxes[form].rows);
  const side = { ...body, left: body.columns, columns: columns - body.columns };
  const margin = marginOf(columns);
  const line = { left: margin, columns: columns - 2 * margin, rows: 1 };
  return {
    form,
    canvas: inset(canvas, 1, 1),
    panels: {
      canvas,
      side,
      ...(view === 'inside' ? belowInside(below, isWide) : belowWatching(below, side)),
      digit: undefined,
      layers: undefined,
      keys: undefined,
      status: { left: 0, top: 1 + bodyRows, columns, rows: rows - 1 - bodyRows - 1 },
    },
    header: { ...line, top: 0 },
    isStatusBoxed,
    keyLines: { ...line, top: rows - 1 },
  };
}

type BelowPanels = Pick<PanelAreas, 'answer' | 'seen'>;

/** The answer below the wide canvas; below the other one the network's input, or the answer in words. */
function belowInside(below: Area, isWide: boolean): BelowPanels {
  if (isWide) return { answer: below, seen: undefined };
  if (below.rows >= boxes.half.rows) {
    const [seen, rest] = splitRows(below, boxes.half.rows);
    return { answer: rest.rows >= minWordRows ? rest : undefined, seen };
  }
  return { answer: below.rows >= minWordRows ? below : undefined, seen: undefined };
}

/** Where the side has no place for the panels, the answer is there too. */
function belowWatching(below: Area, side: Area): BelowPanels {
  const isBelow = side.columns >= trainingPanels.columns && side.rows >= trainingPanels.rows;
  return { answer: isBelow ? below : undefined, seen: undefined };
}
