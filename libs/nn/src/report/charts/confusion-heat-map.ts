// Renders the confusion matrix as a heat map. Correct predictions and mistakes have separate colours and
// scales, because on one scale the few mistakes of a good network would be invisible.

import type { TopLevelSpec } from 'vega-lite';
import type { Evaluation } from '../../evaluation/metrics/evaluation.ts';
import type { Html } from '../page/html.ts';
import { colours, drawPlot, plotWidth } from './plot.ts';

/** Opacity of the cell with the highest count, limited so that the number on it remains legible. */
const maxOpacity = 0.7;

/** Longer names of columns are written upwards. */
const maxLevelName = 3;

/** The smallest cell with legible text in it, in CSS pixels, and the largest text. */
const minCell = 18;
const maxFontSize = 11;

/** Renders the confusion matrix of one evaluation. */
export function drawConfusions(evaluation: Evaluation): Promise<Html> {
  return drawPlot(plotOf(evaluation), 'Confusion matrix: actual class by predicted class');
}

function plotOf(evaluation: Evaluation): TopLevelSpec {
  const names = evaluation.classes.map(({ name }) => name);
  const labelAngle = names.some(name => name.length > maxLevelName) ? -90 : 0;
  const axis = { domain: false, ticks: false } as const;
  const x = { field: 'predicted', type: 'nominal', sort: names, title: 'predicted' } as const;
  const y = { field: 'actual', type: 'nominal', sort: names, title: 'actual' } as const;
  // Of many classes the plot is larger, and the page shrinks it to its width.
  const side = Math.max(plotWidth, minCell * names.length);
  return {
    width: side,
    height: side,
    data: { values: cellsOf(evaluation) },
    encoding: {
      x: { ...x, axis: { ...axis, labelAngle, orient: 'top' } },
      y: { ...y, axis: { ...axis, labelAngle: 0 } },
    },
    layer: [
      {
        mark: { type: 'rect', stroke: colours.rule, strokeWidth: 1, strokeOpacity: 1 },
        encoding: {
          fill: { field: 'colour', type: 'nominal', scale: null },
          fillOpacity: { field: 'strength', type: 'quantitative', scale: null },
        },
      },
      {
        mark: {
          type: 'text',
          color: colours.ink,
          fontSize: Math.min(maxFontSize, (0.6 * side) / names.length),
        },
        encoding: { text: { field: 'text', type: 'nominal' } },
      },
    ],
  };
}

function cellsOf({ classes, confusion }: Evaluation) {
  const mistakes = confusion.flatMap((row, actual) =>
    row.filter((_, predicted) => predicted !== actual),
  );
  const maxMistakes = Math.max(1, ...mistakes);
  return confusion.flatMap((row, actual) =>
    row.map((count, predicted) => ({
      actual: classes[actual]!.name,
      predicted: classes[predicted]!.name,
      text: count === 0 ? '' : String(count),
      colour: predicted === actual ? colours.first : colours.second,
      strength:
        maxOpacity *
        (predicted === actual ? (classes[actual]!.recall ?? 0) : Math.sqrt(count / maxMistakes)),
    })),
  );
}
