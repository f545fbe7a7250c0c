// The panels of the layers: the outputs of their neurons as heat maps.

import {
  activeCount,
  digitsLine,
  formatOutput,
  neuronLine,
  type SelectedNeuron,
  type ShownLayer,
  shownPrediction,
} from '@digits/client';
import { fitText, type PanelContent, panelRows, sideBySide } from '@digits/screen';
import { shownLayers } from '../../state/inside/selected-neuron.ts';
import type { State } from '../../state/state.ts';
import type { DisplayStyle } from '../display-style.ts';
import type { Area } from '../layout.ts';
import { inTone } from '../tones.ts';
import { heatMapRows } from './heat-map.ts';
import { type LayerPlace, layerStripOf } from './inside-layout.ts';
import { emptyText } from './inside-text.ts';
import { sentencePanel } from './neuron-panels.ts';
import { type Outputs, outputRows } from './outputs.ts';

export interface LayerContext {
  readonly state: State;
  readonly selection: SelectedNeuron;
  readonly style: DisplayStyle;
}

/** Several layers: the title of the one with the selected neuron is in the tone of the neuron. */
export function layerPanel(
  place: LayerPlace,
  layers: readonly ShownLayer[],
  { selection: { position }, style }: LayerContext,
): string[] {
  const isSelected = position.layer === place.layer;
  const content = layerContent(place, layers, isSelected ? position.index : undefined, style);
  return panelRows({ ...content, ...(isSelected && { titleTone: 'for' }) }, place.panel, style);
}

/** A layer alone, with the ten outputs and the selected neuron below it. */
export function singleLayerPanel(
  place: LayerPlace,
  layers: readonly ShownLayer[],
  { state, selection, style }: LayerContext,
): string[] {
  const { panel, map } = place;
  const content = layerContent(place, layers, selection.position.index, style);
  const free = { columns: map.columns, rows: panel.rows - 2 - map.rows - 1 };
  const rows = [
    ...content.rows,
    ...outputRows(outputsOf(state), free, style),
    inTone(fitText(selectionLine(selection, map.columns), map.columns), 'for', style),
  ];
  return panelRows({ ...content, rows }, panel, style);
}

/** The neuron, its output and its digits; in a narrow panel without the layer, which is in the title. */
function selectionLine(selection: SelectedNeuron, columns: number): string {
  const digits = digitsLine(selection);
  if (digits === '') return neuronLine(selection);
  const short = `Neuron ${selection.position.index}: ${digits}`;
  const lines = [
    `${neuronLine(selection)}, ${digits}`,
    `${short}; output ${formatOutput(selection.value)}`,
    short,
  ];
  return lines.find(({ length }) => length <= columns) ?? short.replaceAll(', ', ' ');
}

function outputsOf(state: State): Outputs {
  const { prediction } = shownPrediction(state) ?? {};
  return {
    probabilities: prediction?.probabilities ?? [],
    isAccepted: prediction?.reason === null,
  };
}

/** The corners, the spaces around two texts in an edge, and the dashes beside and between them. */
const edgeColumns = 9;

function layerContent(
  place: LayerPlace,
  layers: readonly ShownLayer[],
  selected: number | undefined,
  style: DisplayStyle,
): PanelContent {
  const { layer, neurons } = place;
  const { values = [] } = layers[layer - 1] ?? {};
  const active = `${activeCount({ values })} active`;
  const title = `Layer ${layer} of ${layers.length}: ${neurons}`;
  const fits = `${title} neurons`.length + active.length + edgeColumns <= place.panel.columns;
  return {
    title: fits ? `${title} neurons` : title,
    topRight: { text: active, tone: 'quiet' },
    rows: heatMapRows(place, values, selected, style),
  };
}

/** @returns the places of the layers below the canvas; none without layers */
export function layerStripIn(state: State, area: Area): LayerPlace[] {
  const sizes = shownLayers(state).map(({ values }) => values.length);
  return sizes.length === 0 ? [] : layerStripOf(area, sizes);
}

/** The layers below the canvas while one draws; without any, a sentence about why there are none. */
export function layerStripRows(state: State, area: Area, style: DisplayStyle): string[] {
  const layers = shownLayers(state);
  const text = emptyText(state);
  if (text !== undefined || layers.length === 0) return sentencePanel(text ?? '', area, style);
  const places = layerStripIn(state, area);
  const panels = places.map(place => {
    return panelRows(layerContent(place, layers, undefined, style), place.panel, style);
  });
  const areSideBySide = places.every(({ panel }) => panel.top === area.top);
  return areSideBySide ? sideBySide(panels) : panels.flat();
}
