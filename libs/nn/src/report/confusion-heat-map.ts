// The confusion matrix as a heat map. Right and wrong answers have a colour each with a scale of
// its own: on one scale the few mistakes of a good network would all be invisible.

import type { TopLevelSpec } from 'vega-lite';
import type { Evaluation } from '../evaluation/metrics/evaluation.ts';
import type { Html } from './html.ts';
import { colours, drawPlot, plotWidth } from './plot.ts';

/** How much colour the fullest cell has; above it stand numbers that must stay readable. */
const strongest = 0.7;

export function drawConfusions(evaluation: Evaluation): Promise<Html> {
  return drawPlot(plotOf(evaluation), 'Confusion matrix: what is right by what was said');
}

function plotOf(evaluation: Evaluation): TopLevelSpec {
  const names = evaluation.classes.map(({ name }) => name);
  const axis = { domain: false, ticks: false, labelAngle: 0 } as const;
  const x = { field: 'said', type: 'nominal', sort: names, title: 'said' } as const;
  const y = { field: 'right', type: 'nominal', sort: names, title: 'right' } as const;
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
  const mistakes = confusion.flatMap((row, right) => row.filter((_, said) => said !== right));
  const mostMistakes = Math.max(1, ...mistakes);
  return confusion.flatMap((row, right) =>
    row.map((count, said) => ({
      right: classes[right]!.name,
      said: classes[said]!.name,
      text: count === 0 ? '' : String(count),
      colour: said === right ? colours.first : colours.second,
      strength:
        strongest *
        (said === right ? (classes[right]!.recall ?? 0) : Math.sqrt(count / mostMistakes)),
    })),
  );
}
