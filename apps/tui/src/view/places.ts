// The places of the key hints, of the settings and of tables on the screen, for the mouse: which key or which row
// is at a position. The components draw them in these places.

import type { NeuronPosition } from '@digits/client';
import { watchRows } from '../state/learning/watch.ts';
import type { State } from '../state/state.ts';
import { isInside, type ScreenPosition } from './canvas/geometry.ts';
import { type LayerPlace, neuronAt } from './inside/inside-layout.ts';
import { insideLayoutIn } from './inside/inside-rows.ts';
import { layerStripIn } from './inside/layer-panels.ts';
import {
  type Area,
  contentOf,
  keyColumnCount,
  keyColumns,
  keyGap,
  type Layout,
  layoutIn,
  textAreaOf,
} from './layout.ts';
import { networkAreaOf } from './network-inset.ts';
import { type HelpPlace, helpKeyColumns, keyGrid, shownHelp } from './text/help.ts';
import { type KeyHint, keyInHint, keyInLine } from './text/key-hint.ts';
import { keyHintLines } from './text/keys.ts';
import { correctionTable } from './text/tables/corrections-table.ts';
import { gateTable } from './text/tables/gate-table.ts';
import { planTable } from './text/tables/learning-plan.ts';
import type { Table } from './text/tables/table.ts';
import { arrowAt, watchFormLines } from './text/watch-form.ts';

/** @returns the size of the help beside the canvas. */
export function helpPlaceOf(layout: Layout): HelpPlace {
  const { columns, rows } = textAreaOf(layout);
  return { columns, rows };
}

/** @returns the name of the key whose hint is at a position. */
export function keyAt(state: State, position: ScreenPosition): string | undefined {
  const layout = layoutIn(state);
  if (layout === undefined) return undefined;
  const { mode } = state;
  const { keyLines } = layout;
  if (isInside(position, keyLines)) {
    const [column, row] = cellIn(keyLines, position);
    return keyInLine(keyHintLines(state, keyLines.rows, keyLines.columns)[row] ?? [], column);
  }
  const text = textAreaOf(layout);
  if (mode.type === 'help' && isInside(position, text)) {
    const [column, row] = cellIn(text, position);
    return keyInPanel(shownHelp(mode.top, helpPlaceOf(layout)).rows[row]?.hint, column);
  }
  const { keys } = layout.panels;
  if (keys === undefined || (mode.type !== 'drawing' && mode.type !== 'help')) return undefined;
  return keyInGrid(keys, position);
}

function keyInGrid(keys: Area, position: ScreenPosition): string | undefined {
  const content = contentOf(keys);
  if (!isInside(position, content)) return undefined;
  const [column, row] = cellIn(content, position);
  const stride = keyColumns + keyGap;
  const hint = keyGrid(keyColumnCount(keys.columns))[Math.floor(column / stride)]?.[row];
  return column % stride < keyColumns ? keyInPanel(hint, column % stride) : undefined;
}

/** The keys have a column of their own; a click on the meaning is one on the first key. */
function keyInPanel(hint: KeyHint | undefined, column: number): string | undefined {
  if (hint === undefined) return undefined;
  return keyInHint(hint, column < helpKeyColumns ? column : Number.POSITIVE_INFINITY);
}

/** @returns the neuron at a position in a map of a layer, beside the canvas or below it. */
export function neuronPositionAt(
  state: State,
  position: ScreenPosition,
): NeuronPosition | undefined {
  const place = layersIn(state).find(({ map }) => isInside(position, map));
  if (place === undefined) return undefined;
  const column = Math.floor(position.x) - place.map.left;
  // Two neurons share a cell: the upper one, unless the terminal reports where in the cell.
  const row = Math.floor(2 * (position.y - place.map.top));
  const index = neuronAt(place, column, row);
  return index < place.neurons ? { layer: place.layer, index } : undefined;
}

function layersIn(state: State): readonly LayerPlace[] {
  const layout = layoutIn(state);
  const area = layout && networkAreaOf(state, layout);
  if (area === undefined || state.mode.type === 'watching') return [];
  const isInsideShown = state.mode.type === 'inside';
  return isInsideShown ? (insideLayoutIn(state, area)?.layers ?? []) : layerStripIn(state, area);
}

/** @returns the index of the row at a position of the form of a network to watch. */
export function watchRowAt(state: State, position: ScreenPosition): number | undefined {
  const cell = cellInForm(state, position);
  return cell !== undefined && cell[1] < watchRows.length ? cell[1] : undefined;
}

/** @returns the arrow of the form at a position. */
export function watchArrowAt(state: State, position: ScreenPosition): 'left' | 'right' | undefined {
  const cell = cellInForm(state, position);
  if (cell === undefined || state.mode.type !== 'choosing-training') return undefined;
  const [column, row] = cell;
  const line = watchFormLines(state.watch, state.mode.row, Number.POSITIVE_INFINITY)[row];
  return line && row < watchRows.length ? arrowAt(line, column) : undefined;
}

function cellInForm(
  state: State,
  position: ScreenPosition,
): [column: number, row: number] | undefined {
  const layout = layoutIn(state);
  if (layout === undefined || state.mode.type !== 'choosing-training') return undefined;
  const content = contentOf(layout.panels.side);
  return isInside(position, content) ? cellIn(content, position) : undefined;
}

/** @returns the index of the settings' row at a position, which may be beyond the last one. */
export function settingAt(state: State, position: ScreenPosition): number | undefined {
  const layout = layoutIn(state);
  if (layout === undefined || state.mode.type !== 'settings') return undefined;
  const text = textAreaOf(layout);
  return isInside(position, text) ? cellIn(text, position)[1] : undefined;
}

/** @returns the table that is beside the canvas, if there is one. */
export function tableOf(state: State, layout: Layout): Table | undefined {
  const { mode, learning, review } = state;
  const place = helpPlaceOf(layout);
  switch (mode.type) {
    case 'corrections':
    case 'confirming-deletion':
      return correctionTable(review, { ...place, row: mode.row });
    case 'confirming-training':
      return learning.type === 'checked'
        ? planTable(state, learning.plan, place.columns)
        : undefined;
    case 'gate':
      return learning.type === 'compared'
        ? gateTable(learning.gate, { ...place, row: mode.row })
        : undefined;
    default:
      return undefined;
  }
}

/** @returns the index of the table's row at a position. */
export function tableRowAt(state: State, position: ScreenPosition): number | undefined {
  const layout = layoutIn(state);
  if (layout === undefined) return undefined;
  const text = textAreaOf(layout);
  if (!isInside(position, text)) return undefined;
  return tableOf(state, layout)?.lines[cellIn(text, position)[1]]?.row;
}

/** The column and the row of the cell within an area. */
function cellIn({ left, top }: Area, { x, y }: ScreenPosition): [column: number, row: number] {
  return [Math.floor(x) - left, Math.floor(y) - top];
}
