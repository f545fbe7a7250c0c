// The form of a network to watch, in words.

import { stateOf } from '@digits/screen';
import {
  layerSizesOf,
  remedyFor,
  type Watch,
  watchRows,
  watchValues,
} from '../../state/learning/watch.ts';
import type { State } from '../../state/state.ts';
import { markerOf, type TableLine, wrapped } from './tables/table.ts';

const labels = {
  layers: 'Hidden layers',
  learningRate: 'Learning rate',
  batchSize: 'Batch size',
  images: 'Images',
} as const;

const labelColumns = 18;

/** Around the value of the selected row; a click on one of them is the key of that arrow. */
const arrows = ['‹ ', ' ›'] as const;

/** @param row the selected one */
export function watchFormLines(watch: Watch, row: number, columns: number): TableLine[] {
  const { choices, failure } = watch;
  const plan =
    `Enter trains ${layerSizesOf(choices).join('-')} from random weights on this machine. Draw ` +
    'meanwhile: the network answers as it is at that moment. Nothing is saved unless you ask.';
  const textOf = (value: number | readonly number[]) =>
    typeof value === 'number' ? value.toLocaleString('en') : value.join(', ');
  return [
    ...watchRows.map((name, index): TableLine => {
      const value = textOf(watchValues[name][choices[name]]!);
      const isSelected = index === row;
      const [before, after] = isSelected ? arrows : ['  ', ''];
      const label = markerOf(isSelected) + labels[name].padEnd(labelColumns);
      const text = `${label}${before}${value}${after}`;
      return { text, tone: isSelected ? 'strong' : 'plain' };
    }),
    { text: '', tone: 'plain' },
    ...wrapped(plan, columns).map((text): TableLine => ({ text, tone: 'quiet' })),
    ...(failure === undefined
      ? []
      : wrapped(`Training failed: ${failure}`, columns).map(
          (text): TableLine => ({ text, tone: 'warning' }),
        )),
  ];
}

/** @returns the arrow at a column of a line */
export function arrowAt(
  { text }: Pick<TableLine, 'text'>,
  column: number,
): 'left' | 'right' | undefined {
  const isAt = (arrow: string) => Math.abs(text.indexOf(arrow.trim()) - column) <= 1;
  if (!text.includes(arrows[1])) return undefined;
  return isAt(arrows[0]) ? 'left' : isAt(arrows[1]) ? 'right' : undefined;
}

/** The form or the training in sentences, which change seldom enough to be read aloud. */
export function spokenWatch({ mode, watch }: Pick<State, 'mode' | 'watch'>): string[] {
  if (mode.type === 'choosing-training') {
    const lines = watchFormLines(watch, mode.row, Number.POSITIVE_INFINITY);
    return lines.map(({ text }) => {
      const words = text.replace(/[‹›]/g, '').replace(/ +/g, ' ').trim();
      return words.replace(/^> (.*)/, 'Selected: $1');
    });
  }
  if (mode.type !== 'watching' || watch.view === undefined) return [];
  const { answers, accuracies } = watch.view;
  const accuracy = accuracies.at(-1)?.y;
  const digit = answers[0]?.digit;
  return [
    `The network: ${stateOf(watch.view)}.`,
    ...(accuracy === undefined ? [] : [`Validation accuracy ${Math.round(100 * accuracy)} %.`]),
    ...(digit === undefined || digit === null ? [] : [`It answers ${digit}.`]),
    remedyLine(watch, Number.POSITIVE_INFINITY),
  ];
}

/** @returns that a network has not learnt, and what to try; shorter if it would not fit; empty for any other. */
export function remedyLine(watch: Watch, columns: number): string {
  const remedy = remedyFor(watch);
  if (remedy === undefined) return '';
  const sentence = `It has not learnt: try a ${remedy} learning rate.`;
  return sentence.length <= columns ? sentence : `Not learnt: try a ${remedy} rate`;
}
