// The panels about the selected neuron: its weights, the digits that it speaks for, and the test images that
// excite it most.

import {
  digitWeightsOf,
  examplesText,
  formatOutput,
  type NeuronExample,
  type SelectedNeuron,
} from '@digits/client';
import { type EdgeText, fitText, insideOf, panelRows, type Size } from '@digits/screen';
import { inkPictureRows, inkPictureSize, type PictureScale } from '../canvas/ink-picture.ts';
import type { DisplayStyle } from '../display-style.ts';
import type { Area } from '../layout.ts';
import { bar } from '../text/bars.ts';
import { blankRows } from '../text/blocks.ts';
import { wrapped } from '../text/tables/table.ts';
import { inTone } from '../tones.ts';
import { weightRows } from './heat-map.ts';

export interface NeuronContext {
  readonly selection: SelectedNeuron;
  readonly style: DisplayStyle;
}

export function weightsPanel(area: Area, { selection, style }: NeuronContext): string[] {
  const { neuron, activation, position } = selection;
  const isFirst = position.layer === 1;
  // The weights of the first layer are the same for every drawing.
  const weights = (isFirst ? neuron : (activation ?? neuron))?.inputWeights;
  const rows = weights === undefined ? [] : weightRows(weights, style);
  const title = `Neuron ${position.index} of layer ${position.layer}`;
  const bottomLeft = isFirst ? 'its weights' : 'along active paths';
  return panelRows({ title, bottomLeft, rows }, area, style);
}

/** Narrower, only the signs of the digits fit; wider, sentences. */
const minOutputColumns = 10;
const minSentenceColumns = 30;

export function digitsPanel(area: Area, { selection, style }: NeuronContext): string[] {
  const columns = area.columns - 2;
  const lines = aboutNeuron(selection, columns)
    .slice(0, area.rows - 2)
    .map(({ text, tone }) => inTone(fitText(text, columns), tone, style));
  const bars = digitBars(selection, columns, style);
  const isSentence = columns >= minSentenceColumns;
  const gap = area.rows - 2 > lines.length + bars.length ? [' '.repeat(columns)] : [];
  const content = {
    title: columns < minOutputColumns ? '' : isSentence ? 'Digits it speaks for' : 'Digits',
    bottomLeft: isSentence ? '+ for the digit, - against it' : '',
    rows: [...lines, ...gap, ...bars],
  };
  return panelRows(content, area, style);
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

export function examplesPanel(area: Area, { selection, style }: NeuronContext): string[] {
  const { index, layer } = selection.position;
  const title = `What excites neuron ${index} of layer ${layer} most`;
  const { examples } = selection.neuron ?? {};
  const inside = insideOf(area);
  const rows =
    examples === undefined
      ? sentenceRows(examplesText(selection), inside, style)
      : exampleRows(examples, inside, style);
  return panelRows({ title, rows }, area, style);
}

/** Fewer pictures than this in a row are shown at half of their size. */
const wantedAcross = 3;

/** As many as fit, each above its label and the neuron's output for it. */
function exampleRows(
  examples: readonly NeuronExample[],
  inside: Size,
  style: DisplayStyle,
): string[] {
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

/** A panel that says why there is nothing to see. */
export function sentencePanel(text: string, area: Area, style: DisplayStyle): string[] {
  const rows = sentenceRows(text, insideOf(area), style);
  return panelRows({ title: 'Inside the network', rows }, area, style);
}

/** Longer lines in the middle are hard to read. */
const maxSentenceColumns = 64;

/** A sentence in the middle. */
function sentenceRows(text: string, { columns, rows }: Size, style: DisplayStyle): string[] {
  const lines = wrapped(text, Math.min(columns, maxSentenceColumns));
  return [
    ...blankRows({ columns, rows: Math.floor((rows - lines.length) / 2) }),
    ...lines.map(line => {
      const left = Math.max(Math.floor((columns - line.length) / 2), 0);
      return inTone(fitText(' '.repeat(left) + line, columns), 'quiet', style);
    }),
  ];
}
