// A coordinate system in a figure: two axes with ticks, and the places of values in it.

import { type Box, line, type Point, rectangle, text } from './svg.ts';

/** An axis from its first to its last value. */
export interface Axis {
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly number[];
  readonly label: string;
  readonly isLogarithmic?: boolean;
  readonly format?: (value: number) => string;
}

/** A drawn coordinate system. */
export interface Plot {
  /** the axes, ticks and labels as SVG */
  readonly frame: string;
  readonly at: (x: number, y: number) => Point;
  /** a line through points in the plot's values, cut off at its edges */
  readonly line: (points: readonly Point[], classes: string, attributes?: string) => string;
}

/** Places a coordinate system; labels of the axes are outside the box, 40 pixels to the left and below. */
export function createPlot(box: Box, xAxis: Axis, yAxis: Axis): Plot {
  const { left, top, width, height } = box;
  const bottom = top + height;
  const at = (x: number, y: number): Point => [
    left + width * fractionOf(xAxis, x),
    bottom - height * fractionOf(yAxis, y),
  ];
  const xTicks = xAxis.ticks.flatMap(value => {
    const [x] = at(value, yAxis.from);
    return [text([x, bottom + 16], formatted(xAxis, value), 'f-faint small', 'middle')];
  });
  const yTicks = yAxis.ticks.flatMap(value => {
    const [, y] = at(xAxis.from, value);
    const grid = line(
      [
        [left, y],
        [left + width, y],
      ],
      's-rule',
    );
    return [grid, text([left - 6, y + 4], formatted(yAxis, value), 'f-faint small', 'end')];
  });
  const labels = [
    text([left + width / 2, bottom + 34], xAxis.label, 'f-faint small', 'middle'),
    text([left - 34, top - 8], yAxis.label, 'f-faint small'),
  ];
  const clip = `plot-${left}-${top}`;
  const area = `<clipPath id="${clip}">${rectangle(box, '')}</clipPath>`;
  const base = line(
    [
      [left, bottom],
      [left + width, bottom],
    ],
    's-faint',
  );
  return {
    frame: [area, ...yTicks, base, ...xTicks, ...labels].join('\n'),
    at,
    line: (points, classes, attributes = '') =>
      line(
        points.map(([x, y]) => at(x, y)),
        classes,
        `${attributes} clip-path="url(#${clip})"`,
      ),
  };
}

function fractionOf({ from, to, isLogarithmic = false }: Axis, value: number): number {
  const scale = isLogarithmic ? Math.log : (number: number) => number;
  return (scale(value) - scale(from)) / (scale(to) - scale(from));
}

function formatted({ format = String }: Axis, value: number): string {
  return format(value).replace('-', '−');
}
