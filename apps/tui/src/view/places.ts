// The places of the key hints, of the settings and of tables on the screen, for the mouse: which key or which row
// is at a position. The components draw them in these places.

import type { State } from '../state/state.ts';
import {
  keyListColumns,
  type Layout,
  layoutOf,
  messageRows,
  panelGapOf,
  type ScreenPosition,
} from './layout.ts';
import { correctionLines } from './text/corrections-table.ts';
import { gateLines } from './text/gate-table.ts';
import { type HelpPlace, type HelpRow, helpKeyColumns, shownHelp } from './text/help.ts';
import { keyHintLines, keyInHint, keyInLine } from './text/keys.ts';
import { planLines } from './text/learning-plan.ts';
import type { TableLine } from './text/table.ts';

/** The borders of the canvas. */
const borders = 2;

/** Rows of the settings above the first one: the title and an empty row. */
export const settingsTop = 2;

/** @returns the size of the side panel, which the help has to itself. */
export function helpPlaceOf({ panelColumns, canvas }: Layout): HelpPlace {
  return { columns: panelColumns, rows: canvas.rows + borders };
}

/** @returns the name of the key whose hint is at a position. */
export function keyAt(state: State, position: ScreenPosition): string | undefined {
  const layout = layoutOf(state.window);
  if (layout === undefined) return undefined;
  const { mode } = state;
  const [column, row] = [Math.floor(position.x), Math.floor(position.y)];
  const line = keyHintLines(state, layout.keyLines)[row - keyLinesTop(layout)];
  if (line !== undefined) return keyInLine(line, column - layout.left);
  const place = helpPlaceOf(layout);
  const panel = panelPlaceOf(layout);
  if (mode.type === 'help' && column < panel.left + place.columns) {
    return keyInHelp(shownHelp(mode.top, place).rows, column - panel.left, row - panel.top);
  }
  if (!layout.isKeyListShown || (mode.type !== 'drawing' && mode.type !== 'help')) return undefined;
  const list = { columns: keyListColumns, rows: place.rows };
  const left = panel.left + layout.panelColumns + panelGapOf(layout);
  return keyInHelp(shownHelp(0, list).rows, column - left, row - panel.top);
}

/** @returns the index of the settings' row at a position, which may be beyond the last one. */
export function settingAt(state: State, position: ScreenPosition): number | undefined {
  const layout = layoutOf(state.window);
  if (layout === undefined || state.mode.type !== 'settings') return undefined;
  const { left, top } = panelPlaceOf(layout);
  const column = Math.floor(position.x) - left;
  const row = Math.floor(position.y) - top - settingsTop;
  return column >= 0 && column < layout.panelColumns && row >= 0 ? row : undefined;
}

/** @returns the lines of the table that is beside the canvas, if there is one. */
export function tableLinesOf(state: State, layout: Layout): readonly TableLine[] | undefined {
  const { mode, learning, review } = state;
  const place = helpPlaceOf(layout);
  switch (mode.type) {
    case 'corrections':
    case 'confirming-deletion':
      return correctionLines(review, { ...place, row: mode.row });
    case 'confirming-training':
      return learning.type === 'checked'
        ? planLines(state, learning.plan, place.columns)
        : undefined;
    case 'gate':
      return learning.type === 'compared'
        ? gateLines(learning.gate, { ...place, row: mode.row })
        : undefined;
    default:
      return undefined;
  }
}

/** @returns the index of the table's row at a position. */
export function tableRowAt(state: State, position: ScreenPosition): number | undefined {
  const layout = layoutOf(state.window);
  if (layout === undefined) return undefined;
  const { left, top } = panelPlaceOf(layout);
  const column = Math.floor(position.x) - left;
  if (column < 0 || column >= layout.panelColumns) return undefined;
  return tableLinesOf(state, layout)?.[Math.floor(position.y) - top]?.row;
}

/** The title is above them. */
function keyInHelp(rows: readonly HelpRow[], column: number, row: number): string | undefined {
  const { hint } = rows[row - 1] ?? {};
  if (hint === undefined || column < 0) return undefined;
  return keyInHint(hint, column < helpKeyColumns ? column : Number.POSITIVE_INFINITY);
}

function panelPlaceOf(layout: Layout): { readonly left: number; readonly top: number } {
  const { canvas } = layout;
  return { left: canvas.left + canvas.columns + 1 + panelGapOf(layout), top: canvas.top - 1 };
}

/** Below the canvas, the tool, the service and the message. */
function keyLinesTop({ canvas, space }: Layout): number {
  return canvas.top + canvas.rows + 1 + space + 2 + messageRows;
}
