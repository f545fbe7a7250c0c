// The view into the network as rows of text, which bypass Ink like the canvas: thousands of neurons change
// with every prediction.

import {
  digitsLine,
  digitWeightsOf,
  examplesText,
  formatOutput,
  formatPercent,
  type NeuronExample,
  neuronLine,
  type SelectedNeuron,
  type ShownLayer,
} from '@digits/client';
import { fitText, sideBySide } from '@digits/screen';
import { selectionOf, shownLayers } from '../../state/selected-neuron.ts';
import { type State, shownPrediction } from '../../state/state.ts';
import { type BorderTexts, bordered, borderOf, type EdgeText } from '../border.ts';
import { inkPictureRows, inkPictureSize, type PictureScale } from '../canvas/ink-picture.ts';
import type { DisplayStyle } from '../display-style.ts';
import type { Area } from '../layout.ts';
import { bar } from '../text/bars.ts';
import { wrapped } from '../text/table.ts';
import { inTone, type Tone } from '../tones.ts';
import { heatMapRows, weightRows } from './heat-map.ts';
import { type InsideLayout, insideLayoutOf, type LayerPlace } from './inside-layout.ts';
import { emptyText } from './inside-text.ts';

/** @returns the rows of the whole area, each as wide as it. */
export function insideRows(state: State, side: Area, style: DisplayStyle): string[] {
  const layout = insideLayoutIn(state, side);
  const selection = selectionOf(state);
  const text = emptyText(state);
  if (text !== undefined || layout === undefined || selection === undefined) {
    return panel(side, { title: 'Inside the network' }, textRows(text ?? '', side, style), style);
  }
  const layers = shownLayers(state);
  const context: Context = { state, selection, style, isAlone: layout.digits === undefined };
  const about =
    layout.weights === undefined || layout.digits === undefined
      ? []
      : sideBySide([weightsPanel(layout.weights, context), digitsPanel(layout.digits, context)]);
  return [
    ...layout.layers.flatMap(place => layerPanel(place, layers, context)),
    ...about,
    ...(layout.examples === undefined ? [] : examplesPanel(layout.examples, context)),
  ];
}

/** @returns the places of the layers on the screen; `undefined` without any. */
export function insideLayoutIn(state: State, side: Area): InsideLayout | undefined {
  const { mode } = state;
  const sizes = shownLayers(state).map(({ values }) => values.length);
  return mode.type === 'inside' && sizes.length > 0 ? insideLayoutOf(side, sizes, mode) : undefined;
}

interface Context {
  readonly state: State;
  readonly selection: SelectedNeuron;
  readonly style: DisplayStyle;
  /** Whether a layer is shown alone, with lines about the outputs and the neuron. */
  readonly isAlone: boolean;
}

function layerPanel(
  place: LayerPlace,
  layers: readonly ShownLayer[],
  { state, selection, style, isAlone }: Context,
): string[] {
  const { layer, neurons, panel: area, map } = place;
  const { values = [] } = layers[layer - 1] ?? {};
  const isSelected = selection.position.layer === layer;
  const active = values.filter(value => value > 0).length;
  const title = `Layer ${layer} of ${layers.length}: ${neurons} neurons`;
  const rows = heatMapRows(place, values, isSelected ? selection.position.index : undefined, style);
  if (!isAlone) {
    return panel(area, { title, topRight: `${active} active`, isSelected }, rows, style);
  }
  const free = area.rows - 2 - rows.length - 2;
  const blank = Array<string>(Math.max(free, 0)).fill(' '.repeat(map.columns));
  const line = [neuronLine(selection), digitsLine(selection)]
    .filter(text => text !== '')
    .join(', ');
  const lines = [
    outputsLine(state, map.columns, style),
    inTone(fitText(line, map.columns), 'for', style),
  ];
  return panel(area, { title, topRight: `${active} active` }, [...rows, ...blank, ...lines], style);
}

/** Bars that rise, by eighths of a row. */
const risingBlocks = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;
const asciiBlocks = [' ', '.', ':', '-', '=', '+', '*', '%', '#'] as const;

/** The ten outputs in one line: a rising bar behind each digit. */
function outputsLine(state: State, columns: number, style: DisplayStyle): string {
  const { prediction } = shownPrediction(state) ?? {};
  const probabilities = prediction?.probabilities ?? [];
  const best = Math.max(...probabilities);
  const blocks = style.glyphs === 'unicode' ? risingBlocks : asciiBlocks;
  const cells = probabilities.map((probability, digit) => {
    const block = blocks[Math.ceil(probability * 8 - 0.05)] ?? ' ';
    const tone: Tone =
      probability < best ? 'quiet' : prediction?.reason === null ? 'accent' : 'warning';
    return inTone(`${digit}${block}`, tone, style);
  });
  const percent = columns >= 30 + 8 ? formatPercent(best).padStart(8) : '';
  const used = 3 * probabilities.length + percent.length;
  return `${cells.join(' ')} ${percent}${' '.repeat(Math.max(columns - used, 0))}`;
}

function weightsPanel(area: Area, { selection, style }: Context): string[] {
  const { neuron, activation, position } = selection;
  const isFirst = position.layer === 1;
  // The weights of the first layer are the same for every drawing.
  const weights = (isFirst ? neuron : (activation ?? neuron))?.inputWeights;
  const rows = weights === undefined ? [] : weightRows(weights, style);
  const title = `Neuron ${position.index} of layer ${position.layer}`;
  const bottomLeft = isFirst ? 'its weights' : 'along active paths';
  return panel(area, { title, bottomLeft }, rows, style);
}

/** Narrower, only the signs of the digits fit; wider, sentences. */
const minOutputColumns = 10;
const minSentenceColumns = 30;

function digitsPanel(area: Area, { selection, style }: Context): string[] {
  const columns = area.columns - 2;
  const lines = aboutNeuron(selection, columns)
    .slice(0, area.rows - 2)
    .map(({ text, tone }) => inTone(fitText(text, columns), tone, style));
  const bars = digitBars(selection, columns, style);
  const isSentence = columns >= minSentenceColumns;
  const gap = area.rows - 2 > lines.length + bars.length ? [' '.repeat(columns)] : [];
  return panel(
    area,
    {
      title: columns < minOutputColumns ? '' : isSentence ? 'Digits it speaks for' : 'Digits',
      bottomLeft: isSentence ? '+ for the digit, - against it' : '',
    },
    [...lines, ...gap, ...bars],
    style,
  );
}

function aboutNeuron({ neuron, value, failure }: SelectedNeuron, columns: number): EdgeText[] {
  if (failure !== undefined && columns >= minOutputColumns) {
    return wrapped(failure, columns).map(text => ({ text, tone: 'warning' }));
  }
  if (columns < minOutputColumns) return [];
  const bias = neuron === undefined ? '' : `, bias ${formatOutput(neuron.bias)}`;
  const text =
    columns < minSentenceColumns
      ? `output ${formatOutput(value)}`
      : `Output ${formatOutput(value)} for this drawing${bias}`;
  return [{ text, tone: 'plain' }];
}

/** A bar for each digit, as long as the neuron speaks for it or against it. */
function digitBars(selection: SelectedNeuron, columns: number, style: DisplayStyle): string[] {
  const weights = digitWeightsOf(selection) ?? [];
  const strongest = Math.max(...weights.map(Math.abs), Number.MIN_VALUE);
  const width = Math.max(columns - '0 + '.length, 0);
  return weights.map((weight, digit) => {
    const sign = weight === 0 ? ' ' : weight > 0 ? '+' : '-';
    const length = bar(Math.abs(weight) / strongest, width, style.glyphs);
    const text = fitText(`${digit} ${sign} ${length}`, columns);
    return inTone(text, weight === 0 ? 'quiet' : weight > 0 ? 'for' : 'against', style);
  });
}

function examplesPanel(area: Area, { selection, style }: Context): string[] {
  const { index, layer } = selection.position;
  const title = `What excites neuron ${index} of layer ${layer} most`;
  const { examples } = selection.neuron ?? {};
  if (examples === undefined) {
    return panel(area, { title }, textRows(examplesText(selection), area, style), style);
  }
  return panel(area, { title }, exampleRows(examples, area, style), style);
}

/** Fewer pictures than this in a row are shown at half of their size. */
const wantedAcross = 3;

/** As many as fit, each above its label and the neuron's output for it. */
function exampleRows(
  examples: readonly NeuronExample[],
  area: Area,
  style: DisplayStyle,
): string[] {
  const inside = { columns: area.columns - 2, rows: area.rows - 2 };
  const isLarge =
    inside.rows > inkPictureSize(1).rows &&
    Math.floor((inside.columns + 1) / (inkPictureSize(1).columns + 1)) >= wantedAcross;
  const scale: PictureScale = isLarge ? 1 : 2;
  const { columns, rows } = inkPictureSize(scale);
  const across = Math.floor((inside.columns + 1) / (columns + 1));
  const down = Math.floor(inside.rows / (rows + 1));
  return Array.from({ length: down }, (_, line) => {
    const shown = examples.slice(line * across, (line + 1) * across);
    const blocks = shown.map(({ pixels, label, activation }) => [
      ...inkPictureRows(pixels, scale, style),
      inTone(fitText(`${label}: ${formatOutput(activation)}`, columns), 'quiet', style),
    ]);
    const used = Math.max(shown.length * (columns + 1) - 1, 0);
    const rest = ' '.repeat(inside.columns - used);
    return Array.from({ length: shown.length === 0 ? 0 : rows + 1 }, (_, row) =>
      blocks
        .map(block => block[row] ?? '')
        .join(' ')
        .concat(rest),
    );
  }).flat();
}

interface PanelTexts {
  readonly title: string;
  readonly topRight?: string;
  readonly bottomLeft?: string;
  readonly isSelected?: boolean;
}

/** A panel of rows that are as wide as its inside; missing ones are blank, others are cut off. */
function panel(
  area: Area,
  { title, topRight = '', bottomLeft = '', isSelected = false }: PanelTexts,
  rows: readonly string[],
  style: DisplayStyle,
): string[] {
  const columns = area.columns - 2;
  const texts: BorderTexts = {
    title: { text: title, tone: isSelected ? 'for' : 'strong' },
    topRight: { text: topRight, tone: 'quiet' },
    bottomLeft: { text: bottomLeft, tone: 'quiet' },
  };
  const blank = ' '.repeat(columns);
  const filled = Array.from({ length: area.rows - 2 }, (_, row) => rows[row] ?? blank);
  return bordered(filled, borderOf(columns, texts, style));
}

/** A sentence in the middle. */
function textRows(text: string, area: Area, style: DisplayStyle): string[] {
  const columns = area.columns - 2;
  const lines = wrapped(text, Math.min(columns, 50));
  const above = Math.max(Math.floor((area.rows - 2 - lines.length) / 2), 0);
  return [
    ...Array<string>(above).fill(' '.repeat(columns)),
    ...lines.map(line => {
      const left = Math.max(Math.floor((columns - line.length) / 2), 0);
      return inTone(fitText(' '.repeat(left) + line, columns), 'quiet', style);
    }),
  ];
}
