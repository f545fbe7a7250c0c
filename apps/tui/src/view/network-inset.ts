// What shows the network, as it is inserted into a frame: the view into it, the layers below the canvas, or
// a network that learns. Rendered again only when what it shows has changed.

import { shownPrediction } from '@digits/client';
import type { State } from '../state/state.ts';
import type { Inset, Insets } from './canvas/canvas-placeholder.ts';
import { type DisplayStyle, displayStyleIn } from './display-style.ts';
import { insideRows } from './inside/inside-rows.ts';
import { layerStripRows } from './inside/layer-panels.ts';
import { type Area, type Layout, layoutIn } from './layout.ts';
import { watchAnswerRows } from './watch/watch-answer.ts';
import { watchTrainingRows } from './watch/watch-rows.ts';

type NetworkInsets = Pick<Insets, 'network' | 'answer'>;

const nothing: NetworkInsets = {};

/** @returns where the network is shown; `undefined` if it is not. */
export function networkAreaOf({ mode }: Pick<State, 'mode'>, { panels }: Layout): Area | undefined {
  return mode.type === 'inside' || mode.type === 'watching' ? panels.side : panels.layers;
}

/** @returns whether the outputs of the layers are on the screen. */
export function showsLayers(state: State): boolean {
  const layout = layoutIn(state);
  const isOther = state.mode.type === 'watching' || state.capabilities.isScreenReader;
  return layout !== undefined && !isOther && networkAreaOf(state, layout) !== undefined;
}

/** @returns a function of the state, which returns the same object as before if nothing changed. */
export function createNetworkInsets(): (state: State) => NetworkInsets {
  let last: { readonly state: State; readonly insets: NetworkInsets } | undefined;
  return state => {
    const isKept = last !== undefined && isShownAlike(last.state, state);
    last = { state, insets: isKept ? last!.insets : render(state) };
    return last.insets;
  };
}

const shownFields = [
  ...(['mode', 'inside', 'window', 'capabilities', 'settings', 'sessionTheme', 'service'] as const),
  ...(['isAscii', 'watch'] as const),
];

function isShownAlike(one: State, other: State): boolean {
  return (
    shownFields.every(name => Object.is(one[name], other[name])) &&
    shownPrediction(one) === shownPrediction(other)
  );
}

function render(state: State): NetworkInsets {
  const layout = layoutIn(state);
  if (layout === undefined || state.capabilities.isScreenReader) return nothing;
  const area = networkAreaOf(state, layout);
  if (area === undefined) return nothing;
  const style = displayStyleIn(state);
  const insetOf = (rows: string[], { columns }: Area): Inset => ({ rows, columns });
  const { answer } = layout.panels;
  return {
    network: insetOf(rowsOf(state, layout, area, style), area),
    ...(state.mode.type === 'watching' &&
      answer !== undefined && {
        answer: insetOf(watchAnswerRows(state.watch.view, answer, style), answer),
      }),
  };
}

function rowsOf(state: State, layout: Layout, area: Area, style: DisplayStyle): string[] {
  switch (state.mode.type) {
    case 'inside':
      return insideRows(state, area, style);
    case 'watching':
      return watchTrainingRows(state.watch, area, layout.panels.answer !== undefined, style);
    default:
      return layerStripRows(state, area, style);
  }
}
