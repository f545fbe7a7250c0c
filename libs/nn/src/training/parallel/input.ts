// The first stages of a step: the batch's pictures, changed where the configuration says so, as the
// lists that the first layer wants.

import { augmentSample } from '../../data/augment/augment.ts';
import { gatherRow, outlierLabel } from '../../data/samples.ts';
import type { SharedRun } from './shared-run.ts';
import type { Stage, Step } from './step.ts';

/** Rows that a task takes where each row is by itself. */
export const rowsPerTask = 16;

export function createPictureStages(run: SharedRun): Stage[] {
  return [drawing(run), transposing(run)];
}

/** A task is some rows of the batch. */
function drawing(run: SharedRun): Stage {
  const { kernels, input, layers, rooms } = run;
  const { inputs } = layers[0]!;
  const { rows: sparseRows } = rooms[0]!;
  const whole = { panelWidth: inputs, panelRows: 0, firstColumn: 0, endColumn: inputs };
  return {
    countOf: ({ M }) => Math.ceil(M / rowsPerTask),
    run(step, task) {
      const from = task * rowsPerTask;
      const rows = Math.min(rowsPerTask, step.M - from);
      fillInput(run, step, from, rows);
      kernels.compressRows(sparseRows, input, { ...whole, firstRow: from, rows });
    },
  };
}

function fillInput(run: SharedRun, { first }: Step, from: number, rows: number): void {
  const { samples, order, changes, field, input, labels, smoothing, configuration } = run;
  for (let row = from; row < from + rows; row++) {
    const index = order[first + row]!;
    const label = samples.labels[index]!;
    labels[row] = label === outlierLabel ? 0 : label;
    smoothing[row] = label === outlierLabel ? 1 : configuration.labelSmoothing;
    const at = row * samples.size;
    if (configuration.augmentation) {
      augmentSample(input, at, samples, index, changes, row, field);
    } else {
      gatherRow(input, at, samples, index);
    }
  }
}

/** A task is a segment of the pictures' pixels. */
function transposing({ kernels, layers, rooms }: SharedRun): Stage {
  const { inputs } = layers[0]!;
  const { rows, columns } = rooms[0]!;
  return {
    countOf: () => Math.ceil(inputs / rows.segmentLength),
    run({ M }, task) {
      const first = task * rows.segmentLength;
      const last = Math.min(inputs, first + rows.segmentLength);
      kernels.transposeSparseRows(columns, rows, { rows: M, firstColumn: first, endColumn: last });
    },
  };
}
