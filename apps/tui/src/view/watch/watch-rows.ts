// A network that learns, as rows beside the canvas. In a window that has its answer below the canvas, the panels
// of the training screen; in a smaller one a panel with the answer, the curves and the filters.

import {
  accuracyCurveOf,
  curveRows,
  fitText,
  lossCurveOf,
  panelRows,
  pictureGridRows,
  progressLine,
  type Size,
  sideBySide,
  stateOf,
  type TrainingView,
  trainingPanelRows,
} from '@digits/screen';
import type { Watch } from '../../state/learning/watch.ts';
import type { DisplayStyle } from '../display-style.ts';
import { type Area, contentOf } from '../layout.ts';
import { blankRows, withMargins } from '../text/blocks.ts';
import { remedyLine } from '../text/watch-form.ts';
import { inTone } from '../tones.ts';
import { answerBars, barRows } from './watch-answer.ts';

const minBarColumns = 24;
const minCurveColumns = 18;
const gapColumns = 2;

/** A line of text with its border. */
const progressPanelRows = 3;

/** Four rows of filters below a line about what they are. */
const minCaptionedRows = 5;

/** @returns the rows of the whole area, each as wide as it; without a view it is blank */
export function watchTrainingRows(
  watch: Watch,
  area: Area,
  isAnswerBelow: boolean,
  style: DisplayStyle,
): string[] {
  const { view } = watch;
  const { columns, rows } = area;
  if (view === undefined) return panelRows({ title: '', rows: [] }, area, style);
  const content = contentOf(area);
  // Within the border the lower edge has no place for as much.
  const remedy = remedyLine(watch, content.columns - gapColumns);
  const progress = remedy === '' ? progressLine(view, content.columns, style) : remedy;
  const isWarning = view.isPaused || remedy !== '';
  const head = {
    title: view.title,
    topRight: { text: stateOf(view), tone: isWarning ? 'warning' : 'accent' },
  } as const;
  if (!isAnswerBelow) {
    const shown = withMargins(smallTrainingRows(view, content, style), area);
    return panelRows({ ...head, bottomLeft: progress, rows: shown }, area, style);
  }
  const size = { columns, rows: rows - progressPanelRows };
  const tone = remedy === '' ? 'plain' : 'warning';
  return [
    ...panelRows(
      {
        ...head,
        rows: withMargins([inTone(fitText(progress, content.columns), tone, style)], area),
      },
      { columns, rows: progressPanelRows },
      style,
    ),
    ...trainingPanelRows(view, false, size, style),
  ];
}

/** @returns at most `rows` rows, each of exactly `columns` cells */
function smallTrainingRows(view: TrainingView, size: Size, style: DisplayStyle): string[] {
  const { columns, rows } = size;
  const free = rows - barRows;
  const caption =
    free < minCaptionedRows
      ? []
      : [inTone(fitText('First layer: weights', columns), 'quiet', style)];
  const place = { columns, rows: free - caption.length };
  return [
    ...upperRows(view, columns, style),
    ...caption,
    ...pictureGridRows(view.filters, place, style),
  ];
}

/** The bars, and the curves if they are wide enough to show something. */
function upperRows(view: TrainingView, columns: number, style: DisplayStyle): string[] {
  const barColumns = Math.max(minBarColumns, Math.floor(columns / 2) - gapColumns);
  const curveColumns = columns - barColumns - gapColumns;
  if (curveColumns < minCurveColumns) return answerBars(view, columns, style);
  return sideBySide([
    answerBars(view, barColumns, style),
    blankRows({ columns: gapColumns, rows: barRows }),
    curveBlock(view, curveColumns, style),
  ]);
}

/** Two curves of five rows, each with its last value. */
function curveBlock(view: TrainingView, columns: number, style: DisplayStyle): string[] {
  const { batch, accuracies } = view;
  const last = accuracies.at(-1)?.y;
  const titles = [
    batch === undefined ? 'Loss' : `Loss ${batch.loss.toFixed(3)}`,
    last === undefined ? 'Validation' : `Validation ${(100 * last).toFixed(2)} %`,
  ];
  const size = { columns, rows: barRows / 2 - 1 };
  return [lossCurveOf(view), accuracyCurveOf(view)].flatMap((curve, i) => [
    inTone(fitText(titles[i]!, columns), 'strong', style),
    ...curveRows(curve, size, style),
  ]);
}
