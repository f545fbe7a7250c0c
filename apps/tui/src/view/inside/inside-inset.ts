// The view into the network as it is inserted into a frame; rendered again only when what it shows has
// changed.

import { type State, shownPrediction } from '../../state/state.ts';
import type { Inset } from '../canvas/canvas-placeholder.ts';
import { type DisplayStyle, displayStyleIn } from '../display-style.ts';
import { layoutIn } from '../layout.ts';
import { insideRows } from './inside-rows.ts';

/** @returns a function of the state; it returns `undefined` unless the view is open. */
export function createInsideInset(): (state: State) => Inset | undefined {
  let last: { readonly state: State; readonly inset: Inset | undefined } | undefined;
  return state => {
    if (state.mode.type !== 'inside' || state.capabilities.isScreenReader) return undefined;
    if (last === undefined || !isShownAlike(last.state, state)) {
      last = { state, inset: render(state, displayStyleIn(state)) };
    } else last = { ...last, state };
    return last.inset;
  };
}

function isShownAlike(one: State, other: State): boolean {
  return (
    ['mode', 'inside', 'window', 'capabilities', 'settings', 'sessionTheme', 'service'] as const
  ).every(name => Object.is(one[name], other[name]))
    ? shownPrediction(one) === shownPrediction(other) && one.isAscii === other.isAscii
    : false;
}

function render(state: State, style: DisplayStyle): Inset | undefined {
  const layout = layoutIn(state);
  if (layout === undefined) return undefined;
  const { side } = layout.panels;
  return { rows: insideRows(state, side, style), columns: side.columns };
}
