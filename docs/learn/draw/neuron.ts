// The figures of chapter 1, from examples/one-neuron.ts.

import { runExample } from './load-example.ts';
import { type Axis, createPlot } from './plot.ts';
import { circle, figure, type Point, text } from './svg.ts';

interface Neuron {
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

/** What the example prints of a step. */
interface PrintedStep {
  readonly step: number;
  readonly weight: number;
  readonly bias: number;
  readonly loss: number;
}

function printedSteps(lines: readonly string[]): PrintedStep[] {
  return lines.flatMap(text => {
    const [, ...figures] = /^step +(\d+) +(\S+) +(\S+) +(\S+)/.exec(text)?.map(Number) ?? [];
    const [step, weight, bias, loss] = figures;
    return figures.length === 4 ? [{ step: step!, weight: weight!, bias: bias!, loss: loss! }] : [];
  });
}

/** Draws all figures of the chapter, by name. */
export async function drawNeuron(): Promise<Record<string, string>> {
  const { variables, lines } = await runExample<Neuron>('one-neuron.ts', ['points']);
  return {
    'neuron-line': drawLines(variables.points, printedSteps(lines)),
    'neuron-loss': await drawLosses(),
  };
}

const ticks = [-1, -0.5, 0, 0.5, 1];

/** The line of the neuron every few steps, over the points. */
function drawLines(points: Neuron['points'], steps: readonly PrintedStep[]): string {
  const x: Axis = { from: -1, to: 1, ticks, label: 'x' };
  const y: Axis = { from: -1.4, to: 1, ticks: [-1, -0.5, 0, 0.5, 1], label: 'y' };
  const plot = createPlot({ left: 50, top: 24, width: 520, height: 260 }, x, y);
  const shown = steps.filter(({ step }) => [0, 5, 10, 20, 40].includes(step));
  const drawn = shown.map(({ step, weight, bias }, i) => {
    const ends: Point[] = [-1, 1].map(end => [end, weight * end + bias]);
    const opacity = (0.25 + (0.75 * i) / (shown.length - 1)).toFixed(2);
    const [left, top] = plot.at(1, weight + bias);
    const label = step === 10 || step === 20 ? '' : `step ${step}`;
    return (
      plot.line(ends, 's-second', `stroke-width="2.5" opacity="${opacity}"`) +
      text([left + 6, top + 4], label, 'f-second small')
    );
  });
  return figure(
    { width: 640, height: 330, title: 'The line of the neuron after 0, 5, 10, 20 and 40 steps' },
    plot.frame,
    ...points.map(point => circle(plot.at(point.x, point.y), 3, 'f-first', 'opacity="0.7"')),
    ...drawn,
  );
}

const learningRates = ['0.02', '0.2', '1.1'] as const;

/** The loss with the example's learning rate, a lower one and one that is too high. */
async function drawLosses(): Promise<string> {
  const x: Axis = { from: 0, to: 40, ticks: [0, 10, 20, 30, 40], label: 'step' };
  const y: Axis = {
    from: 0.001,
    to: 10,
    ticks: [0.001, 0.01, 0.1, 1, 10],
    label: 'loss',
    isLogarithmic: true,
  };
  const plot = createPlot({ left: 60, top: 24, width: 440, height: 220 }, x, y);
  const curves: string[] = [];
  for (const rate of learningRates) {
    const change = ['learningRate = 0.2', `learningRate = ${rate}`] as const;
    const { lines } = await runExample('one-neuron.ts', [], rate === '0.2' ? [] : [change]);
    const points = printedSteps(lines).map(({ step, loss }): Point => [step, loss]);
    const [left, top] = plot.at(...points.at(-1)!);
    const colour = rate === '0.2' ? 'second' : 'first';
    curves.push(
      plot.line(points, `s-${colour}`, 'stroke-width="2.5"'),
      text([left + 8, Math.max(28, top + 4)], `learning rate ${rate}`, `f-${colour} small`),
    );
  }
  return figure(
    { width: 640, height: 290, title: 'The loss by step for three learning rates' },
    plot.frame,
    ...curves,
  );
}
