// Renders the confusion matrix as a heat map. Correct predictions and mistakes have separate colours and
// scales, because on one scale the few mistakes of a good network would be invisible.

import type { TopLevelSpec } from 'vega-lite';
import type { Evaluation } from '../../evaluation/metrics/evaluation.ts';
import type { Html } from '../page/html.ts';
import { colours, drawPlot, plotWidth } from './plot.ts';

/** Opacity of the cell with the highest count, limited so that the number on it remains legible. */
const maxOpacity = 0.7;

/** Renders the confusion matrix of one evaluation. */
export function drawConfusions(evaluation: Evaluation): Promise<Html> {
  return drawPlot(plotOf(evaluation), 'Confusion matrix: actual class by predicted class');
}

function plotOf(evaluation: Evaluation): TopLevelSpec {
  const names = evaluation.classes.map(({ name }) => name);
  const axis = { domain: false, ticks: false, labelAngle: 0 } as const;
  const x = { field: 'predicted', type: 'nominal', sort: names, title: 'predicted' } as const;
  const y = { field: 'actual', type: 'nominal', sort: names, title: 'actual' } as const;
  return {
    width: plotWidth,
    height: plotWidth,
    data: { values: cellsOf(evaluation) },
    encoding: { x: { ...x, axis: { ...axis, orient: 'top' } }, y: { ...y, axis } },
    layer: [
      {
        mark: { type: 'rect', stroke: colours.rule, strokeWidth: 1, strokeOpacity: 1 },
        encoding: {
          fill: { field: 'colour', type: 'nominal', scale: null },
          fillOpacity: { field: 'strength', type: 'quantitative', scale: null },
        },
      },
      {
        mark: { type: 'text', color: colours.ink, fontSize: 11 },
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
