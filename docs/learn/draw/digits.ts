// The figures of chapter 3: the training's progress and the weights of the first layer.

import type { TrainingCurve } from './measure.ts';
import { type Axis, createPlot } from './plot.ts';
import { figure, image, line, type Point, rectangle, signedPixels, text } from './svg.ts';

/** Draws all figures of the chapter, by name. */
export function drawDigits(training: TrainingCurve): Record<string, string> {
  return {
    'digit-training': drawTraining(training),
    'digit-filters': drawFilters(training.filters),
  };
}

const imagesPerEpoch = 55_000;

/** The loss of the batches, and the accuracy after every epoch. */
function drawTraining({ losses, epochs }: TrainingCurve): string {
  const ends = epochs.map((_, i) => (i + 1) * imagesPerEpoch);
  const x: Axis = {
    from: 0,
    to: ends.at(-1)!,
    ticks: [0, ...ends],
    label: 'images seen',
    format: value => value.toLocaleString('en'),
  };
  const loss: Axis = {
    from: 0.02,
    to: 2,
    ticks: [0.02, 0.05, 0.1, 0.2, 0.5, 1, 2],
    label: 'loss (cross-entropy)',
    isLogarithmic: true,
  };
  const plot = createPlot({ left: 60, top: 28, width: 540, height: 250 }, x, loss);
  const marks = epochs.flatMap(({ phase, accuracy }, i) => {
    const [left, top] = plot.at(ends[i]!, loss.to);
    const label = `${(100 * accuracy).toFixed(1)} %`;
    const isEndOfPhase = epochs[i + 1]?.phase !== phase;
    return [
      line(
        [
          [left, top],
          [left, top + 250],
        ],
        's-faint',
        isEndOfPhase ? '' : 'stroke-dasharray="3 3"',
      ),
      text([left - 6, top + 14], label, 'f-second bold', 'end'),
      text([left - 6, top + 30], 'of validation', 'f-faint small', 'end'),
    ];
  });
  const points = losses.map(({ images, loss }): Point => [images, loss]);
  return figure(
    { width: 640, height: 330, title: 'The loss while the digit classifier is trained' },
    plot.frame,
    plot.line(points, 's-first', 'stroke-width="1.5"'),
    ...marks,
  );
}

const columns = 8;
const side = 68;

/** The weights of neurons of the first layer as pictures of 28×28. */
function drawFilters(filters: readonly string[]): string {
  const pictures = filters.map((filter, i) => {
    const bytes = new Int8Array(Buffer.from(filter, 'base64'));
    const box = {
      left: 8 + (i % columns) * (side + 10),
      top: 8 + Math.floor(i / columns) * (side + 10),
      width: side,
      height: side,
    };
    const values = Float32Array.from(bytes, value => value / 127);
    return image(signedPixels(values, 28), box) + rectangle(box, 's-rule', 'fill="none"');
  });
  const rows = Math.ceil(filters.length / columns);
  return figure(
    { width: 640, height: 16 + rows * (side + 10), title: `Weights of ${filters.length} neurons` },
    ...pictures,
  );
}
