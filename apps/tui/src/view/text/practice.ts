// The texts of practice: the digit to draw, the question of consent, and the summary of the rounds.

import { aDigit } from '../../state/corrections.ts';
import { confusionMatrix, type Practice, type Round, scoreOf } from '../../state/practice.ts';
import type { Tone } from '../tones.ts';

/** For a screen reader. */
export const consentQuestion = 'May your drawings be kept for training?';

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

/** @returns the digit to draw, what the network is to do with it, and the score of this game. */
export function practiceTitle({ game, target, rounds }: Practice): string {
  const { won, played } = scoreOf(rounds, game);
  const task = `Practice: draw ${aDigit(target)}${game === 'misread' ? ' that is misread' : ''}`;
  return played === 0 ? task : `${task}   ${won} of ${played} ${wonWords[game]}`;
}

const wonWords = { recognise: 'correct', misread: 'misread' } as const;

/** @returns the score of each game that was played. */
export function scoreLines(rounds: readonly Round[]): string[] {
  const lines = (['recognise', 'misread'] as const).flatMap(game => {
    const { won, played } = scoreOf(rounds, game);
    const purpose = game === 'misread' ? ' on purpose' : '';
    return played === 0 ? [] : [`${won} of ${played} ${wonWords[game]}${purpose}`];
  });
  return lines.length === 0 ? ['Nothing was drawn.'] : lines;
}

/** @returns the most frequent mistake in words; empty without one. */
export function commonMistakeLine(rounds: readonly Round[]): string {
  const mistakes = confusionMatrix(rounds).flatMap((counts, target) =>
    counts.map((count, read) => ({ target, read, count: read === target ? 0 : count })),
  );
  const { target, read, count } = mistakes.reduce((a, b) => (b.count > a.count ? b : a));
  if (count === 0) return '';
  const what = read === rejectedColumn ? 'rejected' : `read as ${read}`;
  return `Most often: ${target} ${what}, ${count === 1 ? 'once' : `${count} times`}`;
}

/** @returns the title of the summary, which explains its matrix. */
export function summaryTitle(rounds: readonly Round[]): string {
  return scoreOf(rounds, 'recognise').played === 0 ? 'Practice' : 'Drawn down, predicted across';
}

/** The column of the matrix after those of the ten digits. */
const rejectedColumn = 10;
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
