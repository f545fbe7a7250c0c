// The texts of practice that are laid out for a terminal: the question of consent, and the confusion matrix.

import { confusionMatrix, type Round, scoreOf } from '@digits/client';
import type { Tone } from '../tones.ts';

export const consentLines: readonly string[] = [
  'The app names a digit, you draw',
  'it, and Enter submits it.',
  '',
  'May your drawings be kept, so that',
  'the network can learn from them?',
  'Only the drawing and its digit are',
  'sent to the service.',
  '',
  'y yes    n no',
];

const cellColumns = 3;

/** A piece of a row in one tone. */
export interface Cell {
  readonly text: string;
  readonly tone: Tone;
}

/** @returns a head, then a row for each digit drawn, with a cell for each prediction; none without a round. */
export function confusionRows(rounds: readonly Round[]): Cell[][] {
  if (scoreOf(rounds, 'recognise').played === 0) return [];
  const head = [...'0123456789?'].map(read => read.padStart(cellColumns)).join('');
  const rows = confusionMatrix(rounds).map((counts, target) => [
    { text: `${target}`, tone: 'quiet' as const },
    ...counts.map((count, read) => ({
      text: (count === 0 ? '·' : `${count}`).padStart(cellColumns),
      tone:
        count === 0
          ? ('quiet' as const)
          : read === target
            ? ('accent' as const)
            : ('warning' as const),
    })),
  ]);
  return [[{ text: ` ${head}`, tone: 'quiet' }], ...rows];
}
