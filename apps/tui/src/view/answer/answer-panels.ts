// Beside the canvas as rows of text, which bypass Ink like the canvas: the predicted digit in words and as a
// big digit, the confidence, and a bar for each class. Of a refused prediction nothing is in the colour of
// success.

import {
  bigDigitOf,
  confidenceLine,
  digitLine,
  modelLine,
  type Prediction,
  topClassOf,
} from '@digits/client';
import { digitCount } from '@digits/protocol/constants';
import { fitText, insideOf, panelRows } from '@digits/screen';
import { type Area, contentOf, smallPicture } from '../layout.ts';
import { barLine, otherBarColumns } from '../text/bars.ts';
import { bigDigitRows, bigDigitSize } from '../text/big-digit.ts';
import { blankRows, centred, withMargins } from '../text/blocks.ts';
import { inTone, type Tone } from '../tones.ts';
import type { Answer } from './answer.ts';
import { smallSeenRows } from './seen-panel.ts';

/** What the panel of the answer has besides lines and bars. */
export interface AnswerForm {
  /** Without a panel of its own the big digit is beside the bars. */
  readonly hasDigit: boolean;
  /** The network's input at half of its size. */
  readonly hasSmallPicture: boolean;
}

const digits = Array.from({ length: digitCount }, (_, digit) => digit);

const lineCount = 2;
const gapColumns = 2;

/** Lines above bars, or only the lines if the bars do not fit. */
export function answerPanel(answer: Answer, area: Area, form: AnswerForm): string[] {
  const { prediction, isStale, style } = answer;
  const content = contentOf(area);
  const hasBars = content.rows >= lineCount + digits.length;
  const rows = hasBars ? linesAndBars(answer, content, form) : lineRows(answer, content.columns);
  return panelRows(
    {
      title: form.hasDigit ? 'Answer' : 'Probabilities',
      ...(isStale && { topRight: { text: 'outdated', tone: 'warning' } }),
      bottomLeft: prediction === undefined ? '' : modelText(prediction, area.columns - 6),
      bottomRight: form.hasSmallPicture ? 'what it saw' : '',
      rows: withMargins(rows, area),
    },
    area,
    style,
  );
}

/** The latency too, if it fits. */
function modelText(prediction: Prediction, columns: number): string {
  const line = modelLine(prediction);
  return line.length <= columns ? line : prediction.model.version;
}

function linesAndBars(answer: Answer, { columns, rows }: Area, form: AnswerForm): string[] {
  const barsTop = rows - digits.length > lineCount ? lineCount + 1 : lineCount;
  const beside = rowsBeside(answer, { rows, barsTop }, form);
  const besideColumns = form.hasSmallPicture ? smallPicture.columns : bigDigitSize(1).columns;
  const barColumns = beside === undefined ? columns : columns - besideColumns - gapColumns;
  const lines = lineRows(answer, form.hasSmallPicture ? barColumns : columns);
  const left = [
    ...lines,
    ...blankRows({ columns: barColumns, rows: barsTop - lineCount }),
    ...digits.map(digit => barRow(answer, digit, barColumns)),
    ...blankRows({ columns: barColumns, rows: rows - barsTop - digits.length }),
  ];
  if (beside === undefined) return left;
  const gap = ' '.repeat(gapColumns);
  // The lines are as wide as the panel unless there is a picture beside them.
  const isWhole = (row: number) => row < lineCount && !form.hasSmallPicture;
  return left.map((text, row) => (isWhole(row) ? text : text + gap + beside[row]));
}

/** The big digit below the lines, or at the top above the small picture. @returns `undefined` for neither */
function rowsBeside(
  answer: Answer,
  { rows, barsTop }: { readonly rows: number; readonly barsTop: number },
  { hasDigit, hasSmallPicture }: AnswerForm,
): string[] | undefined {
  if (!hasDigit && !hasSmallPicture) return undefined;
  const size = bigDigitSize(1);
  const columns = hasSmallPicture ? smallPicture.columns : size.columns;
  const beside = blankRows({ columns, rows });
  const place = (picture: readonly string[], top: number) =>
    beside.splice(top, picture.length, ...picture);
  if (hasDigit) {
    const digit = centred(digitRows(answer, 1), size.columns, { columns, rows: size.rows });
    place(digit, hasSmallPicture ? 0 : barsTop + 1);
  }
  if (hasSmallPicture) {
    place(smallSeenRows(answer.prediction, answer.style), rows - smallPicture.rows);
  }
  return beside;
}

/** The big digit in the middle of its panel. */
export function digitPanel(answer: Answer, area: Area): string[] {
  const rows = centred(digitRows(answer, 2), bigDigitSize(2).columns, insideOf(area));
  return panelRows({ title: 'Answer', rows }, area, answer.style);
}

function toneOf({ prediction, isStale }: Answer): Tone {
  if (prediction === undefined || isStale) return 'quiet';
  return prediction.reason === null ? 'accent' : 'warning';
}

/** The digit and the confidence, a line each. */
function lineRows(answer: Answer, columns: number): string[] {
  const { prediction, style } = answer;
  const tone = toneOf(answer);
  const lines: [string, Tone][] =
    prediction === undefined
      ? [
          ['Digit:', 'strong'],
          ['no prediction yet', 'quiet'],
        ]
      : [
          [digitLine(prediction), tone],
          [confidenceLine(prediction), tone],
        ];
  return lines.map(([text, lineTone]) => inTone(fitText(text, columns), lineTone, style));
}

function digitRows(answer: Answer, scale: number): string[] {
  const { prediction, style } = answer;
  const digit = prediction && bigDigitOf(prediction);
  const tone = toneOf(answer);
  return bigDigitRows(digit, scale, style.glyphs).map(row => inTone(row, tone, style));
}

/**
 * A line for each class, only its digit without a prediction. Of the other classes the bars are quiet, so that
 * the eye finds the best one.
 */
function barRow(answer: Answer, digit: number, columns: number): string {
  const { prediction, isStale, style } = answer;
  if (prediction === undefined) return inTone(`${digit}`.padEnd(columns), 'quiet', style);
  const probability = prediction.probabilities[digit] ?? 0;
  const text = barLine(digit, probability, columns - otherBarColumns, style.glyphs);
  const isBest = topClassOf(prediction).digit === digit;
  return inTone(text, isStale ? 'quiet' : isBest ? toneOf(answer) : 'plain', style);
}
