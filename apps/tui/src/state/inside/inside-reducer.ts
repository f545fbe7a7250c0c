// The reducer of the view into the network.

import { moveChoice, reduceInside as reduceNeuron } from '@digits/client';
import type { InsideAction } from '../action.ts';
import type { State } from '../state.ts';
import { type InsideMode, insideMode, insidePages } from './inside.ts';
import { shownLayers } from './selected-neuron.ts';

export function reduceInside(state: State, action: InsideAction): State {
  switch (action.type) {
    case 'inside-opened':
      return { ...state, mode: insideMode, notice: undefined };
    case 'neuron-selected':
      return withMode(state, { ...action.position });
    case 'neuron-moved':
      return moved(state, action.steps);
    case 'inside-layer-changed':
      return withLayer(state, action.steps);
    case 'inside-page-turned':
      return turned(state, action.steps);
    default:
      return { ...state, inside: reduceNeuron(state.inside, action) };
  }
}

function moved(state: State, steps: number): State {
  const { mode } = state;
  if (mode.type !== 'inside') return state;
  const position = moveChoice(shownLayers(state), mode, steps);
  return position === undefined ? state : withMode(state, position);
}

/** Another layer begins with its most active neuron. */
function withLayer(state: State, steps: number): State {
  const { mode } = state;
  if (mode.type !== 'inside') return state;
  const count = Math.max(shownLayers(state).length, 1);
  return withMode(state, {
    layer: 1 + ((mode.layer - 1 + steps + count) % count),
    index: undefined,
  });
}

/** Through the layers, then through the parts about the neuron, and round again. */
function turned(state: State, steps: 1 | -1): State {
  const { mode } = state;
  if (mode.type !== 'inside') return state;
  const count = Math.max(shownLayers(state).length, 1);
  const stops = count + insidePages.length - 1;
  const stop = mode.page === 'layer' ? mode.layer - 1 : count + insidePages.indexOf(mode.page) - 1;
  const next = (stop + steps + stops) % stops;
  if (next >= count) return withMode(state, { page: insidePages[next - count + 1] ?? 'layer' });
  if (mode.layer === next + 1) return withMode(state, { page: 'layer' });
  return withMode(state, { page: 'layer', layer: next + 1, index: undefined });
}

function withMode(state: State, change: Partial<InsideMode>): State {
  const { mode } = state;
  return mode.type === 'inside' ? { ...state, mode: { ...mode, ...change } } : state;
}
