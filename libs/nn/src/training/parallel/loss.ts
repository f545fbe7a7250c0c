// The stage in the middle of a step: the last layer, the loss, and the way back through that layer.
// It is small, so a task is some rows of the batch, through all of it.

import { panelWidth } from '../../engine/kernels/panels.ts';
import { createTeaching } from './distillation.ts';
import { stridesOf, throughRelu } from './hidden.ts';
import { rowsPerTask } from './input.ts';
import { computeLogits } from './last-layer.ts';
import type { SharedRun } from './shared-run.ts';
import type { Stage, Step } from './step.ts';

export function createLossStage(run: SharedRun): Stage {
  const { kernels, layers, rooms, capacity, dLogits } = run;
  const { outputs } = layers.at(-1)!;
  const { dOutput, dRows } = rooms.at(-1)!;
  const whole = { panelWidth: outputs, panelRows: 0, firstColumn: 0, endColumn: outputs };
  const teach = createTeaching(run);
  const tasks = Array.from({ length: Math.ceil(capacity / rowsPerTask) }, (_, task) =>
    viewRows(run, task * rowsPerTask),
  );
  return {
    countOf: ({ M }) => Math.ceil(M / rowsPerTask),
    run(step, task) {
      const view = tasks[task]!;
      const { from } = view;
      const rows = Math.min(rowsPerTask, step.M - from);
      computeLosses(run, step, view, rows);
      teach(from, rows, step.M);
      const shape = { rows, columns: outputs, panelRows: capacity };
      kernels.packPanels(dOutput.subarray(from * panelWidth), view.dLogits, shape);
      if (!dRows) return;
      kernels.compressRows(dRows, dLogits, { ...whole, firstRow: from, rows });
      passBack(run, from, rows);
    },
  };
}

type RowsView = ReturnType<typeof viewRows>;

/** Views on a task's rows, and on each row by itself, made once. */
function viewRows({ layers, classes, logits, dLogits, labels, capacity }: SharedRun, from: number) {
  const { outputs } = layers.at(-1)!;
  const count = Math.min(rowsPerTask, capacity - from);
  const row = (values: Float32Array, m: number) =>
    values.subarray(m * outputs, m * outputs + classes);
  return {
    from,
    dLogits: dLogits.subarray(from * outputs),
    rows: Array.from({ length: count }, (_, i) => ({
      logits: row(logits, from + i),
      dLogits: row(dLogits, from + i),
      label: labels.subarray(from + i, from + i + 1),
    })),
  };
}

function computeLosses(run: SharedRun, { M }: Step, view: RowsView, count: number): void {
  const { kernels, losses, smoothing, classes } = run;
  const { from, rows } = view;
  computeLogits(run, from, count);
  for (let i = 0; i < count; i++) {
    const { logits, dLogits, label } = rows[i]!;
    const labelSmoothing = smoothing[from + i]!;
    const one = { M: 1, N: classes, labelSmoothing, meanOver: M };
    losses[from + i] = kernels.softmaxCrossEntropy(dLogits, logits, label, one);
  }
}

/** The gradient by the last hidden layer, for some rows. */
function passBack(run: SharedRun, from: number, rows: number): void {
  const { kernels, layers, rooms, capacity } = run;
  const index = layers.length - 2;
  const { inputs, outputs } = layers.at(-1)!;
  const { dRows, transposed } = rooms.at(-1)!;
  const { dOutput, dRows: listed } = rooms[index]!;
  const shape = {
    firstRow: from,
    rows,
    depth: outputs,
    panelCount: inputs / panelWidth,
    panelRows: outputs,
  };
  const target = dOutput.subarray(from * panelWidth);
  const whole = { ...shape, ...stridesOf(capacity) };
  kernels.sparseMatmul(target, dRows!, transposed!, null, whole, 'identity');
  throughRelu(run, index, from, rows, 0, inputs);
  const columns = { panelWidth, panelRows: capacity, firstColumn: 0, endColumn: inputs };
  if (listed) kernels.compressRows(listed, dOutput, { ...columns, firstRow: from, rows });
}
