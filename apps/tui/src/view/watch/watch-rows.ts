// A network that learns, as rows beside the canvas: its answer to the drawing as it is at that moment, loss and
// validation accuracy as curves, the filters of the first layer; with room, mistakes and confusions too.

import {
  accuracyCurveOf,
  confusionRows,
  curveRows,
  fitText,
  insideOf,
  lossCurveOf,
  type PanelContent,
  panelRows,
  pictureGridRows,
  type Size,
  sideBySide,
  type TrainingView,
} from '@digits/screen';
import type { DisplayStyle } from '../display-style.ts';
import { barLine } from '../text/bars.ts';
import { wrapped } from '../text/table.ts';
import { inTone } from '../tones.ts';

/** A bar for each digit. */
const barRows = 10;
const minBarColumns = 24;
const minCurveColumns = 18;
const gapColumns = 2;
/** A bar's line holds the digit, the percentage and two spaces besides the bar. */
const otherBarColumns = '0  100.0 %'.length;

/** A confusion matrix with its header and its borders. */
const matrixSize: Size = { columns: 38, rows: 13 };
const minPictureColumns = 24;

/** @returns at most `rows` rows, each of exactly `columns` cells */
export function watchTrainingRows(view: TrainingView, size: Size, style: DisplayStyle): string[] {
  const { columns, rows } = size;
  const lower = lowerRows(view, { columns, rows: rows - barRows }, style);
  return [...upperRows(view, columns, style), ...lower];
}

/** The bars, and the curves if they are wide enough to show something. */
function upperRows(view: TrainingView, columns: number, style: DisplayStyle): string[] {
  const barColumns = Math.max(minBarColumns, Math.floor(columns / 2) - gapColumns);
  const curveColumns = columns - barColumns - gapColumns;
  if (curveColumns < minCurveColumns) return answerRows(view, columns, style);
  return sideBySide([
    answerRows(view, barColumns, style),
    Array<string>(barRows).fill(' '.repeat(gapColumns)),
    curveBlock(view, curveColumns, style),
  ]);
}

/** The bars of the answer; without one, what to do. */
function answerRows({ answers }: TrainingView, columns: number, style: DisplayStyle): string[] {
  const [answer] = answers;
  if (answer === undefined) {
    const lines = wrapped('Draw a digit: the network answers as it is at that moment.', columns);
    const blank = Array<string>(barRows - lines.length).fill('');
    return [...lines, ...blank].map(line => inTone(fitText(line, columns), 'quiet', style));
  }
  return answer.probabilities.map((probability, digit) => {
    const line = barLine(digit, probability, columns - otherBarColumns, style.glyphs);
    return inTone(line, digit === answer.digit ? 'accent' : 'plain', style);
  });
}

/** Two curves of five rows, each with its last value. */
function curveBlock(view: TrainingView, columns: number, style: DisplayStyle): string[] {
  const { batch, accuracies } = view;
  const last = accuracies.at(-1)?.y;
  const titles = [
    batch === undefined ? 'loss' : `loss ${batch.loss.toFixed(3)}`,
    last === undefined ? 'validation' : `validation ${(100 * last).toFixed(2)} %`,
  ];
  const size = { columns, rows: barRows / 2 - 1 };
  return [lossCurveOf(view), accuracyCurveOf(view)].flatMap((curve, i) => [
    inTone(fitText(titles[i]!, columns), 'strong', style),
    ...curveRows(curve, size, style),
  ]);
}

/** The filters alone, or panels side by side, as many as there is room for. */
function lowerRows(view: TrainingView, size: Size, style: DisplayStyle): string[] {
  if (size.rows < matrixSize.rows || size.columns < matrixSize.columns + minPictureColumns) {
    return pictureGridRows(view.filters, size, style);
  }
  const left = size.columns - matrixSize.columns;
  const isMistakesShown = left >= 2 * minPictureColumns;
  const filterColumns = isMistakesShown ? Math.floor(left / 2) : left;
  const panel = (columns: number, title: string, content: (inside: Size) => string[]) => {
    const outside = { columns, rows: size.rows };
    const shown: PanelContent = { title, rows: content(insideOf(outside)) };
    return panelRows(shown, outside, style);
  };
  const { filters, pictures, mistakes } = view;
  return sideBySide([
    panel(filterColumns, 'first layer', inside => pictureGridRows(filters, inside, style)),
    ...(isMistakesShown
      ? [
          panel(left - filterColumns, `mistakes: ${mistakes?.count ?? ''}`, inside =>
            pictureGridRows(pictures, inside, style),
          ),
        ]
      : []),
    panel(matrixSize.columns, 'predicted (across) of actual', ({ columns }) =>
      mistakes === undefined ? [] : confusionRows(mistakes.confusions, columns, style),
    ),
  ]);
}
