// The training screen: panels for a window of at least 80×24, as rows of text. In a narrow window the filters
// and the mistakes share a panel, in a wide one each has its own.

import { toAscii } from '../ascii.ts';
import { curveRows } from '../curve.ts';
import { confusionLegend, confusionRows } from '../matrix.ts';
import { insideOf, type PanelContent, panelRows, type Size, sideBySide } from '../panel.ts';
import { pictureGridRows } from '../picture.ts';
import { inTone, type Style } from '../style.ts';
import { fitText, textRows } from '../text.ts';
import { accuracyCurveOf, lossCurveOf } from './curves.ts';
import { answersLine, progressLine, stateOf } from './lines.ts';
import type { TrainingView } from './state.ts';

/** The smallest window: ten filters and a confusion matrix fit below the curves. */
export const minTrainingScreen: Size = { columns: 80, rows: 24 };

/** From this width on there are three columns of panels; a confusion matrix takes 35 columns. */
const minWideColumns = 120;

/** What the screen shows besides the state of the training. */
export interface TrainingScreenOptions {
  /** keys and what they do, in one line */
  readonly keys: string;
  /** whether a narrow window shows the mistakes instead of the filters */
  readonly showsMistakes: boolean;
}

type Panel = (inside: Size, style: Style) => PanelContent;

/** Renders the screen. @returns `rows` rows, each of at most `columns` cells */
export function trainingScreenRows(
  view: TrainingView,
  { keys, showsMistakes }: TrainingScreenOptions,
  size: Size,
  style: Style,
): string[] {
  const { columns, rows } = size;
  const answers = answersLine(view);
  const head = [
    titleRow(view, columns, style),
    fitText(progressLine(view, columns, style), columns),
    ...(answers === '' ? [] : [inTone(fitText(answers, columns), 'accent', style)]),
  ];
  const place = { columns, rows: rows - head.length - 1 };
  const body = trainingPanelRows(view, showsMistakes, place, style);
  const all = [...head, ...body, inTone(fitText(keys, columns), 'quiet', style)];
  return style.glyphs === 'unicode' ? all : all.map(toAscii);
}

/** Renders the panels alone. @returns `rows` rows of exactly `columns` cells, at least 70×20 */
export function trainingPanelRows(
  view: TrainingView,
  showsMistakes: boolean,
  size: Size,
  style: Style,
): string[] {
  const panels =
    size.columns < minWideColumns
      ? narrowColumns(view, showsMistakes, size.rows)
      : wideColumns(view, size.rows);
  return grid(panels, size, style);
}

function titleRow(view: TrainingView, columns: number, style: Style): string {
  const state = stateOf(view);
  const title = fitText(view.title, columns - state.length - 2);
  const tone = view.isPaused ? 'warning' : 'accent';
  return `${inTone(title, 'strong', style)}  ${inTone(state, tone, style)}`;
}

/** A column of panels: the first has `upperRows`, another one below it the rest. */
interface PanelColumn {
  readonly panels: readonly Panel[];
  readonly upperRows: number;
}

/** The confusion matrix with its header and its borders. */
const matrixSize: Size = { columns: 38, rows: 13 };

function narrowColumns(view: TrainingView, showsMistakes: boolean, rows: number): PanelColumn[] {
  const upperRows = Math.min(Math.max(8, Math.floor(rows / 3)), rows - matrixSize.rows);
  const pictures = showsMistakes ? mistakesPanel(view) : filtersPanel(view);
  return [
    { panels: [lossPanel(view), pictures], upperRows },
    { panels: [accuracyPanel(view), confusionsPanel(view)], upperRows },
  ];
}

function wideColumns(view: TrainingView, rows: number): PanelColumn[] {
  return [
    { panels: [lossPanel(view), accuracyPanel(view)], upperRows: Math.ceil(rows / 2) },
    { panels: [filtersPanel(view)], upperRows: rows },
    { panels: [mistakesPanel(view), confusionsPanel(view)], upperRows: rows - matrixSize.rows },
  ];
}

/** Renders the columns side by side; the last one is narrower, but not than a confusion matrix. */
function grid(columns: readonly PanelColumn[], size: Size, style: Style): string[] {
  const last = Math.max(matrixSize.columns, Math.floor(size.columns / (columns.length + 0.5)));
  const other = Math.floor((size.columns - last) / (columns.length - 1));
  const blocks = columns.map(({ panels, upperRows }, i) => {
    const width = i === columns.length - 1 ? size.columns - other * i : other;
    const heights = [upperRows, size.rows - upperRows];
    return panels.flatMap((panel, row) => {
      const outside = { columns: width, rows: heights[row]! };
      return panelRows(panel(insideOf(outside), style), outside, style);
    });
  });
  return sideBySide(blocks);
}

function lossPanel(view: TrainingView): Panel {
  const last = view.batch?.loss;
  const title = last === undefined ? 'Loss' : `Loss ${last.toFixed(4)}`;
  return (inside, style) => ({
    title,
    rows:
      last === undefined
        ? textRows([' known after the first batch'], inside.columns, style)
        : curveRows(lossCurveOf(view), inside, style),
  });
}

const afterEpoch = ' known after the first epoch';

function accuracyPanel(view: TrainingView): Panel {
  const last = view.accuracies.at(-1)?.y;
  const title = `Validation accuracy${last === undefined ? '' : ` ${(100 * last).toFixed(2)} %`}`;
  return (inside, style) => ({
    title,
    rows:
      last === undefined
        ? textRows([afterEpoch], inside.columns, style)
        : curveRows(accuracyCurveOf(view), inside, style),
  });
}

function filtersPanel({ filters }: TrainingView): Panel {
  return (inside, style) => ({
    title: 'First layer: weights',
    rows: pictureGridRows(filters, inside, style),
  });
}

function mistakesPanel({ pictures, mistakes }: TrainingView): Panel {
  const title = mistakes ? `Mistakes that remain: ${mistakes.count}` : 'Mistakes that remain';
  return (inside, style) => ({
    title,
    rows: mistakes
      ? pictureGridRows(pictures, inside, style)
      : textRows([afterEpoch], inside.columns, style),
  });
}

function confusionsPanel({ mistakes }: TrainingView): Panel {
  return (inside, style) => ({
    title: 'Predicted (across) of actual',
    bottomLeft: mistakes ? confusionLegend : '',
    rows: mistakes
      ? confusionRows(mistakes.confusions, inside.columns, style)
      : textRows([afterEpoch], inside.columns, style),
  });
}
