// The figure of chapter 5, from the products of nn:bench --steps --json in figures/speed.json.

import type { BenchMeasurement } from '../../../libs/nn/cli/bench/measurement.ts';
import { figure, line, rectangle, text } from './svg.ts';

/** What is read of the output. */
export interface Speeds {
  readonly measurements: readonly Pick<BenchMeasurement, 'name' | 'unit' | 'median'>[];
}

const left = 312;
const pixelsPerDecade = 86;
const lowest = 0.1;
const ticks = [0.1, 1, 10, 100] as const;

function widthOf(speed: number): number {
  return pixelsPerDecade * Math.log10(speed / lowest);
}

/** One bar for every way to compute the product, on a logarithmic scale. */
export function drawSpeeds({ measurements }: Speeds): string {
  const steps = measurements.filter(({ unit }) => unit === 'GFLOP/s');
  const bottom = 12 + 30 * steps.length;
  const axis = ticks.flatMap(value => {
    const x = left + widthOf(value);
    return [
      line(
        [
          [x, 8],
          [x, bottom],
        ],
        's-rule',
      ),
      text([x, bottom + 16], String(value), 'f-faint small', 'middle'),
    ];
  });
  const bars = steps.flatMap(({ name, median }, i) => {
    const top = 12 + 30 * i;
    const width = widthOf(median);
    const shown = median < 10 ? median.toFixed(2) : median.toFixed(0);
    return [
      text([left - 8, top + 15], name, 'f-ink', 'end'),
      rectangle({ left, top, width, height: 20 }, 'f-first'),
      text([left + width + 6, top + 15], shown, 'f-ink bold'),
    ];
  });
  return figure(
    { width: 640, height: bottom + 40, title: 'The speed of every step in GFLOP/s' },
    ...axis,
    ...bars,
    text([left + 129, bottom + 34], 'GFLOP/s, logarithmic', 'f-faint small', 'middle'),
  );
}
