// The actions of a mouse event: the left button draws with the current tool, the right one erases, the
// wheel changes the brush. Beside the canvas a press selects a row or a neuron, or leaves the help for a key.

import type { Action } from '../state/action.ts';
import { drawingMode, isListShown, type Mode, settingRows } from '../state/mode.ts';
import type { State } from '../state/state.ts';
import type { MouseEvent } from '../terminal/mouse-report.ts';
import { isInside, pointAt } from '../view/canvas/geometry.ts';
import { layoutIn } from '../view/layout.ts';
import { keyAt, neuronPositionAt, settingAt, tableRowAt, watchRowAt } from '../view/places.ts';

/**
 * A stroke begins on the canvas only, may leave it and come back, and ends where the button is
 * released.
 */
export function mouseActions(event: MouseEvent, state: State, timeMs: number): Action[] {
  const layout = layoutIn(state);
  if (layout === undefined) return [{ type: 'stroke-ended' }];
  if (event.type === 'wheel') {
    if (isListMode(state.mode)) return [];
    return [{ type: 'brush-changed', steps: event.direction === 'up' ? 1 : -1 }];
  }
  if (event.button !== 'left' && event.button !== 'right') return [];
  // The canvas shows a correction, not the drawing.
  if (isListShown(state.mode)) {
    return event.type === 'press' ? pressedBeside(event, state) : [{ type: 'stroke-ended' }];
  }
  const point = pointAt(event, layout.canvas);
  switch (event.type) {
    case 'press': {
      if (!isInside(event, layout.canvas)) return pressedBeside(event, state);
      const tool = event.button === 'right' ? ({ tool: 'eraser' } as const) : {};
      return [{ type: 'stroke-began', ...tool, at: point, timeMs }];
    }
    case 'motion':
      return [{ type: 'stroke-continued', to: point, timeMs }];
    case 'release':
      return [{ type: 'stroke-continued', to: point, timeMs }, { type: 'stroke-ended' }];
  }
}

const listModes: ReadonlySet<Mode['type']> = new Set([
  ...(['help', 'settings', 'gate', 'corrections', 'choosing-training'] as const),
]);

/** The wheel moves through a list instead of changing the brush. */
export function isListMode({ type }: Mode): boolean {
  return listModes.has(type);
}

function pressedBeside(event: MouseEvent, state: State): Action[] {
  const { mode } = state;
  // The release of the last stroke may have been lost.
  const ended: Action = { type: 'stroke-ended' };
  if (event.button !== 'left') return [ended];
  if (mode.type === 'help' && keyAt(state, event) !== undefined) {
    return [ended, { type: 'mode-changed', mode: drawingMode }];
  }
  return [ended, ...selected(event, state)];
}

/** A neuron below the canvas opens the view into the network. */
function selected(event: MouseEvent, state: State): Action[] {
  const { mode, practice } = state;
  const neuron = neuronPositionAt(state, event);
  if (neuron !== undefined) {
    const isOpening = mode.type === 'drawing' && practice === undefined;
    const opened: Action[] = isOpening ? [{ type: 'inside-opened' }] : [];
    return [...opened, { type: 'neuron-selected', position: neuron }];
  }
  const row = tableRowAt(state, event) ?? settingAt(state, event) ?? watchRowAt(state, event);
  if (row === undefined) return [];
  switch (mode.type) {
    case 'corrections':
      return [{ type: 'correction-row-selected', row }];
    case 'gate':
      return [{ type: 'gate-row-selected', row }];
    case 'settings':
      return row < settingRows.length ? [{ type: 'setting-row-moved', steps: row - mode.row }] : [];
    case 'choosing-training':
      return [{ type: 'mode-changed', mode: { ...mode, row } }];
    default:
      return [];
  }
}
