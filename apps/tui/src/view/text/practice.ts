// The texts of practice: the question of consent, and the summary of the rounds.

import { confusionMatrix, countCorrect, type Round } from '../../state/practice.ts';

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

const cellColumns = 3;

/** @returns the score, then a matrix: a row for each digit drawn, a column for each predicted. */
export function summaryLines(rounds: readonly Round[]): string[] {
  if (rounds.length === 0) return ['Nothing was drawn.'];
  const head = [...'0123456789?'].map(read => read.padStart(cellColumns)).join('');
  const rows = confusionMatrix(rounds).map((counts, target) => {
    const cells = counts.map(count => (count === 0 ? '·' : `${count}`).padStart(cellColumns));
    return `${target}${cells.join('')}`;
  });
  return [`${countCorrect(rounds)} of ${rounds.length} correct`, ` ${head}`, ...rows];
}
