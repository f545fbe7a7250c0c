// The stages that take a batch through the hidden layers, forward and back. A task computes some
// columns of a layer for all rows, and lists what is not 0 there for the stages after it: the thread
// that has the weights of these columns keeps them.

import { panelWidth } from '../../engine/kernels/panels.ts';
import { type ForwardRoom, panelsPerTask } from './layer-buffers.ts';
import type { SharedRun } from './shared-run.ts';
import type { Stage } from './step.ts';

const columnsPerTask = panelsPerTask * panelWidth;

interface ForwardRun extends Pick<SharedRun, 'kernels' | 'layers' | 'capacity'> {
  readonly rooms: readonly ForwardRoom[];
}

/** output = ReLU(input · weight + bias) of one layer */
export function createForwardStage(run: ForwardRun, index: number): Stage {
  const { kernels, layers, rooms, capacity } = run;
  const { inputs, outputs, weight, bias } = layers[index]!;
  const { rows: sparseRows, output } = rooms[index]!;
  const { rows: listed, columns: listedColumns } = rooms[index + 1]!;
  const blocks = blocksOf(outputs, capacity, inputs).map(block => ({
    ...block,
    values: output.subarray(block.at),
    panels: weight.subarray(block.panelsAt),
    biases: bias.subarray(block.first),
  }));
  return {
    countOf: () => blocks.length,
    run({ M }, task) {
      const { values, panels, biases, panelCount, first, last } = blocks[task]!;
      const shape = { firstRow: 0, rows: M, depth: inputs, panelCount, panelRows: inputs };
      const whole = { ...shape, ...stridesOf(capacity) };
      kernels.sparseMatmul(values, sparseRows, panels, biases, whole, 'relu');
      const columns = { panelWidth, panelRows: capacity, firstColumn: first, endColumn: last };
      kernels.compressRows(listed, output, { ...columns, firstRow: 0, rows: M });
      if (listedColumns)
        kernels.transposeSparseRows(listedColumns, listed, {
          rows: M,
          firstColumn: first,
          endColumn: last,
        });
    },
  };
}

/** The gradient by what one layer had for its input, taken back through that input's ReLU. */
export function createBackwardStage(run: SharedRun, index: number): Stage {
  const { kernels, layers, rooms, capacity } = run;
  const { inputs, outputs } = layers[index]!;
  const { dRows, transposed } = rooms[index]!;
  const { dOutput, dRows: listed } = rooms[index - 1]!;
  const blocks = blocksOf(inputs, capacity, outputs).map(block => ({
    ...block,
    values: dOutput.subarray(block.at),
    panels: transposed!.subarray(block.panelsAt),
  }));
  return {
    countOf: () => blocks.length,
    run({ M }, task) {
      const { values, panels, panelCount, first, last } = blocks[task]!;
      const shape = { firstRow: 0, rows: M, depth: outputs, panelCount, panelRows: outputs };
      const whole = { ...shape, ...stridesOf(capacity) };
      kernels.sparseMatmul(values, dRows!, panels, null, whole, 'identity');
      throughRelu(run, index - 1, 0, M, first, last);
      const columns = { panelWidth, panelRows: capacity, firstColumn: first, endColumn: last };
      if (listed) kernels.compressRows(listed, dOutput, { ...columns, firstRow: 0, rows: M });
    },
  };
}

/** Takes some rows and columns of a hidden layer's gradient back through its ReLU, in place. */
export function throughRelu(
  { kernels, rooms, capacity }: SharedRun,
  index: number,
  from: number,
  rows: number,
  first: number,
  last: number,
): void {
  const { output, dOutput } = rooms[index]!;
  for (let column = first; column < last; column += panelWidth) {
    const at = column * capacity + from * panelWidth;
    const end = at + rows * panelWidth;
    kernels.reluBackward(dOutput.subarray(at, end), output.subarray(at, end), rows * panelWidth, 1);
  }
}

/** Where values in panels lie, `capacity` rows to a panel. */
export function stridesOf(capacity: number) {
  return { rowStride: panelWidth, panelStride: capacity * panelWidth };
}

/** Columns for each task, and where they begin in panels with so many rows. */
function blocksOf(columns: number, capacity: number, panelRows: number) {
  return Array.from({ length: Math.ceil(columns / columnsPerTask) }, (_, task) => {
    const first = task * columnsPerTask;
    const last = Math.min(columns, first + columnsPerTask);
    const panelCount = (last - first) / panelWidth;
    return { first, last, panelCount, at: first * capacity, panelsAt: first * panelRows };
  });
}
