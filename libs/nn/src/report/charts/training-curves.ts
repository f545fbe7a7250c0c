// Renders the training curves: loss, validation accuracy and learning rate by epoch.

import type { TopLevelSpec } from 'vega-lite';
import type { EpochEvent } from '../../training/events.ts';
import { type Html, html } from '../page/html.ts';
import { colours, drawPlot, plotWidth } from './plot.ts';

interface CurvePoint {
  /** from 1, counted through all phases */
  readonly epoch: number;
  readonly value: number;
  readonly series: string;
}

interface Curve {
  readonly title: string;
  readonly points: readonly CurvePoint[];
  readonly series: readonly string[];
  readonly scale: 'linear' | 'log';
  /** of the axis, a d3-format specifier */
  readonly format: string;
  /** the line through the points, if it has more corners than these */
  readonly line?: readonly CurvePoint[];
}

/** Lower limit of losses on the logarithmic axis. */
const minLoss = 1e-6;

/** Renders the curves; empty if there is no history. */
export async function renderTrainingCurves(history: readonly EpochEvent[]): Promise<Html> {
  if (history.length === 0) return html``;
  const plots = await Promise.all(
    curvesOf(history).map(
      async curve => html`<figure>
<figcaption>${curve.title}</figcaption>
${await drawPlot(plotOf(curve, phaseStarts(history)), `${curve.title}, by epoch`)}
</figure>`,
    ),
  );
  return html`<section>
<h2>Training</h2>
<p>${describePhases(history)}</p>
<div class="plots">${plots}</div>
</section>`;
}

function curvesOf(history: readonly EpochEvent[]): Curve[] {
  const points = (series: string, value: (event: EpochEvent) => number) =>
    history.map((event, i) => ({ epoch: i + 1, value: value(event), series }));
  const losses = (series: string, value: (event: EpochEvent) => number) =>
    points(series, event => Math.max(minLoss, value(event)));
  return [
    {
      title: 'Loss, cross-entropy in nats',
      series: ['training', 'validation'],
      points: [
        ...losses('training', event => event.loss),
        ...losses('validation', event => event.validation.loss),
      ],
      scale: 'log',
      format: '~g',
    },
    {
      title: 'Validation accuracy',
      series: ['accuracy'],
      points: points('accuracy', event => event.validation.accuracy),
      scale: 'linear',
      format: '.1%',
    },
    {
      title: 'Learning rate',
      series: ['rate'],
      points: points('rate', event => event.learningRate),
      line: stepsBetweenPhases(history),
      scale: 'linear',
      format: '~g',
    },
  ];
}

/** The learning rate changes at once where a phase ends: the line has a corner before and one after it. */
function stepsBetweenPhases(history: readonly EpochEvent[]): CurvePoint[] {
  return history.flatMap((event, i) => {
    const before = history[i - 1];
    const point = (epoch: number, { learningRate }: EpochEvent) => ({
      epoch,
      value: learningRate,
      series: 'rate',
    });
    const own = point(i + 1, event);
    if (!before || before.phase === event.phase) return [own];
    return [point(i + 0.5, before), point(i + 0.5, event), own];
  });
}

/** The horizontal channel of every chart over epochs. */
export const epochAxis = {
  field: 'epoch',
  type: 'quantitative',
  title: 'epoch',
  scale: { domainMin: 0, nice: false },
  axis: { tickMinStep: 1, format: 'd', grid: false },
} as const;

type Encoding = NonNullable<Extract<TopLevelSpec, { layer: unknown }>['encoding']>;

function plotOf(curve: Curve, starts: readonly number[]): TopLevelSpec {
  const { points, series, scale, format, line = points } = curve;
  const values = points.map(({ value }) => value);
  const encoding: Encoding = {
    x: epochAxis,
    y: {
      field: 'value',
      type: 'quantitative',
      title: null,
      scale: scale === 'log' ? { type: 'log', nice: false } : { zero: false },
      axis: {
        format,
        ...(scale === 'log' ? { values: logTicks(values) } : { tickCount: 6 }),
      },
    },
    color: {
      field: 'series',
      scale: { domain: [...series], range: [colours.first, colours.second] },
      legend: series.length > 1 ? {} : null,
    },
  };
  return {
    width: plotWidth,
    height: 260,
    layer: [
      {
        data: { values: starts.map(epoch => ({ epoch: epoch - 0.5 })) },
        mark: { type: 'rule', strokeDash: [3, 3], color: colours.faint },
        encoding: { x: { field: 'epoch', type: 'quantitative' } },
      },
      {
        encoding,
        layer: [
          { data: { values: [...line] }, mark: { type: 'line', strokeWidth: 2 } },
          { data: { values: [...points] }, mark: { type: 'point', filled: true, size: 18 } },
        ],
      },
    ],
  };
}

/** Ticks at 1, 2 and 5 times the powers of ten around these values; D3 would label every digit. */
function logTicks(values: readonly number[]): number[] {
  const lowest = Math.floor(Math.log10(Math.min(...values)));
  const highest = Math.floor(Math.log10(Math.max(...values)));
  const powers = Array.from({ length: highest - lowest + 1 }, (_, i) => 10 ** (lowest + i));
  return powers
    .flatMap(power => [power, 2 * power, 5 * power])
    .filter(tick => tick >= Math.min(...values) && tick <= Math.max(...values));
}

/** The first epoch of every phase but the first, counted through all phases. */
function phaseStarts(history: readonly EpochEvent[]): number[] {
  return history.flatMap(({ phase }, i) =>
    i > 0 && phase !== history[i - 1]!.phase ? [i + 1] : [],
  );
}

function describePhases(history: readonly EpochEvent[]): string {
  const phases = phaseStarts(history).length + 1;
  const epochs = `${history.length} ${history.length === 1 ? 'epoch' : 'epochs'}`;
  if (phases === 1) return `${epochs} in one phase.`;
  return `${epochs} in ${phases} phases; a dashed line separates them.`;
}
