// The lines of the training screen: progress, answers to probes, state.

import type { Style } from '../style.ts';
import { clock } from './estimate.ts';
import { remainingMsOf, type TrainingView, throughputOf } from './state.ts';

const barColumns = 20;

/** One word for what the training does. */
export function stateOf({ isPaused, isDone, batch, preparation }: TrainingView): string {
  if (isDone) return 'done';
  if (isPaused) return 'paused';
  return batch === undefined || preparation ? 'preparing' : 'training';
}

/** The progress in one line; in a narrow window without its last parts. */
export function progressLine(
  view: TrainingView,
  columns: number,
  { glyphs }: Pick<Style, 'glyphs'>,
): string {
  if (!view.batch) return preparationLine(view, columns, glyphs);
  const parts = trainingParts(view, glyphs);
  let line = parts[0] ?? '';
  for (const part of parts.slice(1)) {
    if (part === '' || line.length + 2 + part.length > columns) continue;
    line += `  ${part}`;
  }
  return line;
}

function trainingParts(view: TrainingView, glyphs: Style['glyphs']): string[] {
  const { phase, phases, epoch, epochs } = view.batch!;
  const perSecond = view.isDone ? undefined : throughputOf(view);
  const remaining = view.isDone ? undefined : remainingMsOf(view);
  return [
    bar(view.fraction, glyphs),
    remaining === undefined ? '' : `${clock(Math.round(remaining / 1000))} left`,
    `${phases === 1 ? '' : `phase ${phase}/${phases} `}epoch ${epoch}/${epochs}`,
    perSecond === undefined ? '' : `${Math.round(perSecond).toLocaleString('en')} images/s`,
  ];
}

/** What is done matters more than the bar. */
function preparationLine(
  { preparation }: TrainingView,
  columns: number,
  glyphs: Style['glyphs'],
): string {
  const { step, done = 0, of } = preparation ?? {};
  const fraction = of ? done / of : 0;
  const words = step === 'images' ? 'preparing the images' : 'synthesising further images';
  const what = of ? words : 'reading the data';
  const line = `${bar(fraction, glyphs)}  ${what}`;
  return line.length <= columns ? line : `${what} ${Math.floor(100 * fraction)} %`;
}

/** The answers to probes in one line; empty if there are none. */
export function answersLine({ answers }: TrainingView): string {
  return answers
    .map(({ picture, digit, probabilities }) => {
      const name = picture.split('/').at(-1)!;
      return digit === null
        ? `${name} blank`
        : `${name} ${digit} (${(100 * probabilities[digit]!).toFixed(1)} %)`;
    })
    .join('  ');
}

const barBlocks = { unicode: ['█', '░'], ascii: ['#', '.'] } as const;

/** A progress bar with its percentage. */
function bar(fraction: number, glyphs: Style['glyphs']): string {
  const filled = Math.round(fraction * barColumns);
  const percent = `${Math.floor(100 * fraction)} %`.padStart(5);
  const [done, open] = barBlocks[glyphs];
  return `${done.repeat(filled)}${open.repeat(barColumns - filled)} ${percent}`;
}
