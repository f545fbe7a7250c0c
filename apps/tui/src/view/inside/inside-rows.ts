// The view into the network as rows of text, which bypass Ink like the canvas: thousands of neurons change
// with every prediction.

import { sideBySide } from '@digits/screen';
import { selectionOf, shownLayers } from '../../state/inside/selected-neuron.ts';
import type { State } from '../../state/state.ts';
import type { DisplayStyle } from '../display-style.ts';
import type { Area } from '../layout.ts';
import { type InsideLayout, insideLayoutOf } from './inside-layout.ts';
import { emptyText } from './inside-text.ts';
import { type LayerContext, layerPanel, singleLayerPanel } from './layer-panels.ts';
import { digitsPanel, examplesPanel, sentencePanel, weightsPanel } from './neuron-panels.ts';

/** @returns the rows of the whole area, each as wide as it. */
export function insideRows(state: State, side: Area, style: DisplayStyle): string[] {
  const layout = insideLayoutIn(state, side);
  const selection = selectionOf(state);
  const text = emptyText(state);
  if (text !== undefined || layout === undefined || selection === undefined) {
    return sentencePanel(text ?? '', side, style);
  }
  const layers = shownLayers(state);
  const context: LayerContext = { state, selection, style };
  const { weights, digits, examples } = layout;
  const about =
    weights === undefined || digits === undefined
      ? []
      : sideBySide([weightsPanel(weights, context), digitsPanel(digits, context)]);
  const panelOf = digits === undefined ? singleLayerPanel : layerPanel;
  return [
    ...layout.layers.flatMap(place => panelOf(place, layers, context)),
    ...about,
    ...(examples === undefined ? [] : examplesPanel(examples, context)),
  ];
}

/** @returns the places of the layers on the screen; `undefined` without any. */
export function insideLayoutIn(state: State, side: Area): InsideLayout | undefined {
  const { mode } = state;
  const sizes = shownLayers(state).map(({ values }) => values.length);
  return mode.type === 'inside' && sizes.length > 0 ? insideLayoutOf(side, sizes, mode) : undefined;
}
