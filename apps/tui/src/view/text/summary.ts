// What practice has shown, as lines: the score, and which digits were read as which.

import { confusionMatrix, countCorrect, type Round } from '../../state/practice.ts';

const cellColumns = 3;

/** @returns the score, then a matrix: a row for each digit drawn, a column for each one read. */
export function summaryLines(rounds: readonly Round[]): string[] {
  if (rounds.length === 0) return ['Nothing was drawn.'];
  const head = [...'0123456789?'].map(read => read.padStart(cellColumns)).join('');
  const rows = confusionMatrix(rounds).map((counts, target) => {
    const cells = counts.map(count => (count === 0 ? '·' : `${count}`).padStart(cellColumns));
    return `${target}${cells.join('')}`;
  });
  return [
    `${countCorrect(rounds)} of ${rounds.length} read as what they were`,
    ` ${head}`,
    ...rows,
  ];
}
