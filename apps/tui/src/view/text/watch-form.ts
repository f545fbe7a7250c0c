// The form of a network to watch, in words.

import { stateOf } from '@digits/screen';
import type { State } from '../../state/state.ts';
import { layerSizesOf, type Watch, watchRows, watchValues } from '../../state/watch.ts';
import type { Tone } from '../tones.ts';
import { wrapped } from './table.ts';

/** A line and its tone. */
export interface FormLine {
  readonly text: string;
  readonly tone: Tone;
}

const labels = {
  layers: 'Hidden layers',
  learningRate: 'Learning rate',
  batchSize: 'Batch size',
  images: 'Images',
} as const;

const labelColumns = 18;

/** @param row the selected one */
export function watchFormLines(watch: Watch, row: number, columns: number): FormLine[] {
  const { choices, failure } = watch;
  const plan =
    `Enter trains ${layerSizesOf(choices).join('-')} from random weights on this machine. Draw ` +
    'meanwhile: the network answers as it is at that moment. Nothing is saved unless you ask.';
  const textOf = (value: number | readonly number[]) =>
    typeof value === 'number' ? value.toLocaleString('en') : value.join(', ');
  return [
    ...watchRows.map((name, index): FormLine => {
      const value = textOf(watchValues[name][choices[name]]!);
      const isSelected = index === row;
      const text = `${isSelected ? '> ' : '  '}${labels[name].padEnd(labelColumns)}${value}`;
      return { text, tone: isSelected ? 'strong' : 'plain' };
    }),
    { text: '', tone: 'plain' },
    ...wrapped(plan, columns).map((text): FormLine => ({ text, tone: 'quiet' })),
    ...(failure === undefined
      ? []
      : wrapped(`Training failed: ${failure}`, columns).map(
          (text): FormLine => ({ text, tone: 'warning' }),
        )),
  ];
}

/** The form or the training in sentences, which change seldom enough to be read aloud. */
export function spokenWatch({ mode, watch }: Pick<State, 'mode' | 'watch'>): string[] {
  if (mode.type === 'choosing-training') {
    const lines = watchFormLines(watch, mode.row, Number.POSITIVE_INFINITY);
    return lines.map(({ text }) => text.trim().replace(/^> (.*)/, 'Selected: $1'));
  }
  if (mode.type !== 'watching' || watch.view === undefined) return [];
  const { answers, accuracies } = watch.view;
  const accuracy = accuracies.at(-1)?.y;
  const digit = answers[0]?.digit;
  return [
    `The network: ${stateOf(watch.view)}.`,
    ...(accuracy === undefined ? [] : [`Validation accuracy ${Math.round(100 * accuracy)} %.`]),
    ...(digit === undefined || digit === null ? [] : [`It answers ${digit}.`]),
  ];
}
