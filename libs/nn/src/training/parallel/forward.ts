// The forward pass: computes each layer's output from its sparse input and its weights in panels.

import type { DenseLayer } from '../../engine/dense.ts';
import type { Kernels } from '../../engine/kernels/kernels.ts';
import { panelWidth } from '../../engine/kernels/panels.ts';
import type { SparseRows } from '../../engine/kernels/sparse-rows.ts';
import {
  columnBlocksOf,
  createTaskStage,
  type RowOperation,
  type Stage,
  type Task,
} from './stage.ts';

/** The arrays that a layer's forward pass reads. */
export interface ForwardInputs {
  /** the layer, padded to whole panels, its weight in panels [N / 32, K, 32] */
  readonly layer: DenseLayer;
  /** [M, K] */
  readonly inputRows: SparseRows;
}

/** The arrays that the forward pass of a hidden layer writes. */
export interface ForwardOutputs {
  /** panels [N / 32, capacity, 32] */
  readonly output: Float32Array;
  /** [M, N], `output` as sparse rows for the next layer */
  readonly outputRows: SparseRows;
  /** [N, M], the transpose of `outputRows` for the next layer's weight gradient; absent without training */
  readonly outputColumns?: SparseRows;
}

/**
 * output = ReLU(input · weight + bias) of a hidden layer. A task computes some columns of all rows and
 * compresses them for the next layer, so that a thread keeps the weights of its columns in its cache.
 */
export function createForwardStage(
  kernels: Kernels,
  { layer, inputRows }: ForwardInputs,
  { output, outputRows, outputColumns }: ForwardOutputs,
): Stage {
  const { inputs, outputs, weight, bias } = layer;
  const { capacity } = inputRows;
  const tasks = columnBlocksOf(outputs).map(({ firstColumn, endColumn, panelCount }): Task => {
    const values = output.subarray(firstColumn * capacity);
    const panels = weight.subarray(firstColumn * inputs);
    const biases = bias.subarray(firstColumn);
    const product = {
      firstRow: 0,
      depth: inputs,
      panelCount,
      panelRows: inputs,
      ...panelStrides(capacity),
    };
    const columns = { firstColumn, endColumn };
    const compressShape = { ...columns, panelWidth, panelRows: capacity, firstRow: 0 };
    const factors = { sparseRows: inputRows, panels, bias: biases };
    return ({ M }) => {
      kernels.sparseMatmul(values, factors, { ...product, rows: M }, 'relu');
      kernels.compressRows(outputRows, output, { ...compressShape, rows: M });
      if (!outputColumns) return;
      kernels.transposeSparseRows(outputColumns, outputRows, { ...columns, rows: M });
    };
  });
  return createTaskStage(tasks);
}

/** logits[M, N] = input[M, K] · weight + bias of the last layer, row-major */
export function createLogitsOperation(
  kernels: Kernels,
  { layer, inputRows }: ForwardInputs,
  { logits }: { readonly logits: Float32Array },
): RowOperation {
  const { inputs, outputs, weight, bias } = layer;
  const product = {
    depth: inputs,
    panelCount: outputs / panelWidth,
    panelRows: inputs,
    rowStride: outputs,
    panelStride: panelWidth,
  };
  return range => {
    const target = logits.subarray(range.firstRow * outputs);
    const factors = { sparseRows: inputRows, panels: weight, bias };
    kernels.sparseMatmul(target, factors, { ...product, ...range }, 'identity');
  };
}

/** The strides of a matrix in panels of `capacity` rows. */
export function panelStrides(capacity: number) {
  return { rowStride: panelWidth, panelStride: capacity * panelWidth };
}
