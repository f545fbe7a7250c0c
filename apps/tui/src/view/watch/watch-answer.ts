// The answer of a network that learns to the drawing, as it is at that moment.

import { fitText, panelRows, type TrainingView } from '@digits/screen';
import type { DisplayStyle } from '../display-style.ts';
import { outputRows } from '../inside/outputs.ts';
import { type Area, contentOf } from '../layout.ts';
import { barLine, otherBarColumns } from '../text/bars.ts';
import { bigDigitRows, bigDigitSize } from '../text/big-digit.ts';
import { blankRows, centred, withMargins } from '../text/blocks.ts';
import { wrapped } from '../text/tables/table.ts';
import { inTone } from '../tones.ts';

/** A bar for each digit. */
export const barRows = 10;

const beforeTraining = 'A drawing is answered from the first batch on.';
const toDraw = 'Draw a digit: the network answers as it is at that moment.';

/** A panel below the canvas: the bars with a big digit if it has rows for both, or bars that rise. */
export function watchAnswerRows(
  view: TrainingView | undefined,
  area: Area,
  style: DisplayStyle,
): string[] {
  const content = contentOf(area);
  const rows = view === undefined ? [] : answerRows(view, content, style);
  return panelRows({ title: 'Its answer', rows: withMargins(rows, area) }, area, style);
}

function answerRows(view: TrainingView, content: Area, style: DisplayStyle): string[] {
  const { columns, rows } = content;
  const [answer] = view.answers;
  if (answer === undefined || rows >= barRows) {
    return [...answerBars(view, columns, style), ...bigDigitBelow(view, content, style)];
  }
  const outputs = { probabilities: answer.probabilities, isAccepted: true };
  return outputRows(outputs, { columns, rows }, style);
}

/** The bars; without an answer, what to do. */
export function answerBars(
  { answers, batch }: TrainingView,
  columns: number,
  style: DisplayStyle,
): string[] {
  const [answer] = answers;
  if (answer === undefined) {
    const lines = wrapped(batch === undefined ? beforeTraining : toDraw, columns);
    const blank = Array<string>(barRows - lines.length).fill('');
    return [...lines, ...blank].map(line => inTone(fitText(line, columns), 'quiet', style));
  }
  return answer.probabilities.map((probability, digit) => {
    const line = barLine(digit, probability, columns - otherBarColumns, style.glyphs);
    return inTone(line, digit === answer.digit ? 'accent' : 'plain', style);
  });
}

/** In the middle of what the bars leave; nothing if it does not fit. */
function bigDigitBelow(
  { answers }: TrainingView,
  { columns, rows }: Area,
  style: DisplayStyle,
): string[] {
  const size = bigDigitSize(1);
  const free = rows - barRows;
  const [answer] = answers;
  if (free <= size.rows || typeof answer?.digit !== 'number') return [];
  const digit = bigDigitRows(answer.digit, 1, style.glyphs).map(row =>
    inTone(row, 'accent', style),
  );
  return [
    ...blankRows({ columns, rows: Math.ceil((free - size.rows) / 2) }),
    ...centred(digit, size.columns, { columns, rows: size.rows }),
  ];
}
