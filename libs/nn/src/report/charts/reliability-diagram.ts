// Renders the reliability diagram (Niculescu-Mizil and Caruana 2005): accuracy by confidence. For a
// calibrated network, the bars end on the diagonal.

import type { TopLevelSpec } from 'vega-lite';
import type { Calibration } from '../../evaluation/metrics/calibration.ts';
import type { NamedEvaluation } from '../../evaluation/metrics/evaluation.ts';
import { percent } from '../../evaluation/metrics/format.ts';
import { type Html, html } from '../page/html.ts';
import { colours, drawPlot, plotWidth } from './plot.ts';

/** Renders the diagrams of each evaluation, before and after temperature scaling. */
export async function renderCalibration(evaluations: readonly NamedEvaluation[]): Promise<Html> {
  const diagrams = evaluations.flatMap(({ name, evaluation }) => [
    renderDiagram(evaluation.uncalibrated, `${name}, before`),
    renderDiagram(evaluation.calibrated, `${name}, after`),
  ]);
  return html`<section>
<h2>Calibration</h2>
<p>Predictions by confidence, in fifteen bins. The blue bar is the accuracy of the bin; orange is the
gap to its mean confidence, above the bar where the confidence is higher and inside it where it is
lower. Before and after all logits are divided by the temperature. ECE is the expected calibration
error, NLL the negative log-likelihood in nats.</p>
<div class="pairs">${await Promise.all(diagrams)}</div>
</section>`;
}

async function renderDiagram(calibration: Calibration, heading: string): Promise<Html> {
  const { temperature, expectedCalibrationError: error, negativeLogLikelihood } = calibration;
  const figures = `ECE ${percent(error)}, NLL ${negativeLogLikelihood.toFixed(4)}`;
  const plot = await drawPlot(plotOf(calibration), `Accuracy by confidence. ${figures}`);
  return html`<figure>
<figcaption>${heading}: temperature ${temperature.toFixed(3)}<br>
<small>${figures}</small></figcaption>
${plot}
</figure>`;
}

function plotOf({ bins }: Calibration): TopLevelSpec {
  const scale = { domain: [0, 1] };
  const axis = { format: '.0%', tickCount: 5 };
  const x = { field: 'low', type: 'quantitative', title: 'confidence', scale, axis } as const;
  const y = { type: 'quantitative', title: 'accuracy', scale, axis } as const;
  return {
    width: plotWidth,
    height: 320,
    layer: [
      {
        data: { values: bins.filter(({ count }) => count > 0) },
        encoding: { x, x2: { field: 'high' } },
        layer: [
          {
            mark: { type: 'rect', color: colours.first, opacity: 0.75, stroke: colours.rule },
            encoding: { y: { ...y, field: 'accuracy' }, y2: { datum: 0 } },
          },
          {
            mark: { type: 'rect', color: colours.second, opacity: 0.45 },
            encoding: { y: { ...y, field: 'accuracy' }, y2: { field: 'confidence' } },
          },
        ],
      },
      {
        data: { values: [{ low: 0, high: 1 }] },
        mark: { type: 'rule', strokeDash: [4, 4], color: colours.ink },
        encoding: {
          x,
          x2: { field: 'high' },
          y: { ...y, field: 'low' },
          y2: { field: 'high' },
        },
      },
    ],
  };
}
