// The commands of the keys in the view into the network. What it does not use means the same as while
// drawing, so that one draws and watches.

import type { Key } from 'ink';
import { drawingMode } from '../state/mode.ts';
import type { State } from '../state/state.ts';
import { rowStride } from '../view/inside/inside-layout.ts';
import { insideLayoutIn } from '../view/inside/inside-rows.ts';
import { layoutIn } from '../view/layout.ts';
import { type Command, dispatch } from './command.ts';

/** @returns `undefined` for a key that means the same as while drawing */
export function insideCommands(input: string, key: Key, state: State): Command[] | undefined {
  if (key.escape || input === 'n') {
    return [dispatch({ type: 'mode-changed', mode: drawingMode })];
  }
  const { isWhole, stride } = placesIn(state);
  if (key.tab) {
    const steps = key.shift ? -1 : 1;
    return [
      dispatch(
        isWhole ? { type: 'inside-layer-changed', steps } : { type: 'inside-page-turned', steps },
      ),
    ];
  }
  const steps = stepsOf(key, stride);
  return steps === undefined || key.shift ? undefined : [dispatch({ type: 'neuron-moved', steps })];
}

function stepsOf(key: Key, stride: number): number | undefined {
  if (key.leftArrow) return -1;
  if (key.rightArrow) return 1;
  if (key.upArrow) return -stride;
  return key.downArrow ? stride : undefined;
}

/** Whether everything is shown at once, and by how many neurons a step down moves in the layer. */
function placesIn(state: State): { readonly isWhole: boolean; readonly stride: number } {
  const side = layoutIn(state)?.panels.side;
  const layout = side && insideLayoutIn(state, side);
  const { mode } = state;
  if (layout === undefined || mode.type !== 'inside') return { isWhole: false, stride: 1 };
  const place = layout.layers.find(({ layer }) => layer === mode.layer) ?? layout.layers.at(-1);
  return {
    isWhole: layout.digits !== undefined && layout.examples !== undefined,
    stride: place === undefined ? 10 : rowStride(place),
  };
}
