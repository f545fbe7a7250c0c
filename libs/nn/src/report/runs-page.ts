// Renders the page of nn:runs: the figures of several trainings, and their curves in common charts.

import type { TopLevelSpec } from 'vega-lite';
import { missing, percent } from '../evaluation/metrics/format.ts';
import type { EpochEvent } from '../training/events.ts';
import { drawPlot } from './charts/plot.ts';
import { epochAxis } from './charts/training-curves.ts';
import { renderDocument } from './page/document.ts';
import { type Html, html } from './page/html.ts';

/** An accuracy and what it was measured on; figures of different sets cannot be compared. */
export interface SetFigure {
  readonly accuracy: number;
  readonly set: string;
}

/** A training on the page; unknown figures are null. */
export interface DrawnRun {
  readonly version: string;
  readonly layers: string | null;
  readonly profile: string | null;
  readonly validation: SetFigure | null;
  readonly test: SetFigure | null;
  /** the name of the validation samples of the curves */
  readonly samples: string | null;
  readonly isChampion: boolean;
  readonly isFinished: boolean;
  readonly history: readonly EpochEvent[];
}

/** Colours of medium lightness, visible on light and dark backgrounds. */
const palette = [
  ...['#4c8dd6', '#d9731a', '#3a9e6e', '#c2549b'],
  ...['#8a6fd1', '#b08a1e', '#2f9ea5', '#cf4b4b'],
];

/** Line styles: the palette is used twice, solid and dashed; a third style would be hard to distinguish. */
const dashes = [
  [1, 0],
  [6, 4],
];

/** Maximum number of runs with curves; further ones are only in the table. */
export const maxDrawnRuns = palette.length * dashes.length;

/** Full width of the page, in CSS pixels. */
const width = 900;

/** Lower limit of losses on the logarithmic axis. */
const minLoss = 1e-6;

/**
 * Renders the page. The same input gives the same text.
 *
 * @param runs all are listed; curves are drawn for the first `maxDrawnRuns` of those with a history
 */
export async function renderRunsPage(runs: readonly DrawnRun[]): Promise<string> {
  const drawn = runs.filter(({ history }) => history.length > 0).slice(0, maxDrawnRuns);
  return renderDocument(
    'Trainings',
    html`<header>
<h1>Trainings</h1>
${renderTable(runs)}
</header>
${await renderCurves(drawn)}`,
  );
}

function renderTable(runs: readonly DrawnRun[]): Html {
  const rows = runs.map(
    run => html`<tr><th scope="row">${run.version}</th>
<td>${run.layers ?? missing}</td><td>${run.profile ?? missing}</td><td>${run.history.length}</td>
<td>${renderFigure(run.validation)}</td><td>${renderFigure(run.test)}</td>
<td>${run.isChampion ? 'champion' : run.isFinished ? '' : 'unfinished'}</td></tr>
`,
  );
  return html`<div class="scroll"><table>
<thead><tr><th scope="col">Version</th><th scope="col">Layers</th><th scope="col">Profile</th>
<th scope="col">Epochs</th><th scope="col">Validation</th><th scope="col">Test</th><td></td></tr></thead>
<tbody>
${rows}</tbody>
</table></div>`;
}

function renderFigure(figure: SetFigure | null): Html {
  if (figure === null) return html`${missing}`;
  return html`${percent(figure.accuracy)}<br><small>${figure.set}</small>`;
}

/** A section for each set of validation samples, because curves on different ones cannot be compared. */
async function renderCurves(runs: readonly DrawnRun[]): Promise<Html> {
  if (runs.length === 0) return html`<p>No training has a curve.</p>`;
  const groups = Map.groupBy(runs, ({ samples }) => samples ?? 'unknown samples');
  return html`${await Promise.all([...groups].map(([samples, group]) => renderGroup(samples, group)))}`;
}

async function renderGroup(samples: string, runs: readonly DrawnRun[]): Promise<Html> {
  const curves = [
    {
      title: 'Validation accuracy',
      value: (event: EpochEvent) => event.validation.accuracy,
      y: { scale: { zero: false }, axis: { format: '.1%', tickCount: 6 } },
    },
    {
      title: 'Validation loss, cross-entropy in nats',
      value: (event: EpochEvent) => Math.max(minLoss, event.validation.loss),
      y: { scale: { type: 'log', nice: false }, axis: { format: '~g', tickCount: 6 } },
    },
    {
      title: 'Training loss, cross-entropy in nats',
      value: (event: EpochEvent) => Math.max(minLoss, event.loss),
      y: { scale: { type: 'log', nice: false }, axis: { format: '~g', tickCount: 6 } },
    },
  ] as const;
  const figures = await Promise.all(
    curves.map(
      async ({ title, value, y }) => html`<figure>
<figcaption>${title}</figcaption>
${await drawPlot(plotOf(runs, value, y), `${title}, by epoch, of ${runs.length} trainings`)}
</figure>`,
    ),
  );
  return html`<section>
<h2>Curves on ${samples}</h2>
<p>Epochs are counted through all phases of a training. The training loss is measured on each training's own
samples: compare the shapes of the curves, not their heights.</p>
${figures}
</section>`;
}

function plotOf(
  runs: readonly DrawnRun[],
  value: (event: EpochEvent) => number,
  y: object,
): TopLevelSpec {
  const values = runs.flatMap(({ version, history }) =>
    history.map((event, i) => ({ version, epoch: i + 1, value: value(event) })),
  );
  const domain = runs.map(({ version }) => version);
  const legend = { orient: 'bottom', columns: 3, labelLimit: 280 } as const;
  return {
    width,
    height: 360,
    data: { values },
    mark: { type: 'line', strokeWidth: 2, point: { size: 14 } },
    encoding: {
      x: epochAxis,
      y: { field: 'value', type: 'quantitative', title: null, ...y },
      color: {
        field: 'version',
        scale: { domain, range: domain.map((_, i) => palette[i % palette.length]!) },
        legend,
      },
      strokeDash: {
        field: 'version',
        scale: { domain, range: domain.map((_, i) => dashes[Math.floor(i / palette.length)]!) },
        legend,
      },
    },
  };
}
