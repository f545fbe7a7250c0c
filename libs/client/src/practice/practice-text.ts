// Practice in words: the task, what became of a round, and the summary of the rounds.

import { aDigit } from '../prediction/prediction-text.ts';
import { confusionMatrix, isWon, type Practice, type Round, scoreOf } from './practice.ts';

/** Whether drawings of practice may be kept. */
export const consentQuestion = 'May your drawings be kept for training?';

/** @returns the digit to draw, what the network is to do with it, and the score of this game. */
export function practiceTitle({ game, target, rounds }: Practice): string {
  const { won, played } = scoreOf(rounds, game);
  const task = `Practice: draw ${aDigit(target)}${game === 'misread' ? ' that is misread' : ''}`;
  return played === 0 ? task : `${task}   ${won} of ${played} ${wonWords[game]}`;
}

const wonWords = { recognise: 'correct', misread: 'misread' } as const;

/** @returns what became of a round. Beside a missed drawing the evidence is to be shown. */
export function roundText(round: Round): string {
  const { game, target, read } = round;
  if (game === 'misread') {
    if (isWon(round)) return `Misread as ${read}.`;
    return read === null
      ? 'Rejected, but not misread. Change it.'
      : `Still recognised as ${target}. Change it.`;
  }
  if (isWon(round)) return `Correct: your ${target} was recognised.`;
  const text =
    read === null ? `Your ${target} was rejected.` : `Your ${target} was recognised as ${read}.`;
  return `${text} The marked pixels show why.`;
}

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

/** The column of the matrix after those of the ten digits. */
const rejectedColumn = 10;

/** @returns the title of the summary, which explains its matrix. */
export function summaryTitle(rounds: readonly Round[]): string {
  return scoreOf(rounds, 'recognise').played === 0 ? 'Practice' : 'Drawn down, predicted across';
}
