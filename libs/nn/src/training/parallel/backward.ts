// The backward pass: the gradient with respect to each layer's input, through the previous layer's ReLU.

import type { DenseLayer } from '../../engine/dense.ts';
import type { Kernels } from '../../engine/kernels/kernels.ts';
import { panelWidth } from '../../engine/kernels/panels.ts';
import type { SparseRows } from '../../engine/kernels/sparse-rows.ts';
import { panelStrides } from './forward.ts';
import {
  type ColumnBlock,
  columnBlocksOf,
  createTaskStage,
  type RowOperation,
  type RowRange,
  type Stage,
  type Task,
} from './stage.ts';

/** The arrays that the backward pass of a layer after a hidden layer reads; K inputs, N outputs. */
export interface BackwardInputs {
  readonly layer: DenseLayer;
  /** weightᵀ in panels [K / 32, N, 32] */
  readonly transposedWeight: Float32Array;
  /** [M, N] */
  readonly dOutputRows: SparseRows;
  /** the output of the previous layer's ReLU, panels [K / 32, capacity, 32] */
  readonly input: Float32Array;
}

/** The arrays that the backward pass writes. */
export interface BackwardOutputs {
  /** gradient with respect to the previous layer's output before ReLU, panels [K / 32, capacity, 32] */
  readonly dInput: Float32Array;
  /** [M, K], `dInput` as sparse rows for the previous layer; absent if that is the first layer */
  readonly dInputRows: SparseRows | undefined;
}

/** dInput = (dOutput · weightᵀ) where input > 0, else 0; a task computes some columns of all rows. */
export function createBackwardStage(
  kernels: Kernels,
  { layer, transposedWeight, dOutputRows, input }: BackwardInputs,
  { dInput, dInputRows }: BackwardOutputs,
): Stage {
  const { inputs, outputs } = layer;
  const { capacity } = dOutputRows;
  const tasks = columnBlocksOf(inputs).map((block): Task => {
    const { firstColumn, endColumn, panelCount } = block;
    const values = dInput.subarray(firstColumn * capacity);
    const panels = transposedWeight.subarray(firstColumn * outputs);
    const product = {
      firstRow: 0,
      depth: outputs,
      panelCount,
      panelRows: outputs,
      ...panelStrides(capacity),
    };
    const compressShape = { panelWidth, panelRows: capacity, firstColumn, endColumn, firstRow: 0 };
    return ({ M }) => {
      const shape = { ...product, rows: M };
      kernels.sparseMatmul(values, { sparseRows: dOutputRows, panels }, shape, 'identity');
      reluBackward(kernels, { dInput, input, capacity }, block, { firstRow: 0, rows: M });
      if (dInputRows) kernels.compressRows(dInputRows, dInput, { ...compressShape, rows: M });
    };
  });
  return createTaskStage(tasks);
}

/** Packs the last layer's gradient: dOutput in panels [N / 32, capacity, 32] ← dLogits[M, N]. */
export function createGradientPacking(
  kernels: Kernels,
  { dLogits, capacity }: { readonly dLogits: Float32Array; readonly capacity: number },
  { dOutput }: { readonly dOutput: Float32Array },
): RowOperation {
  const columns = dLogits.length / capacity;
  return ({ firstRow, rows }) => {
    const matrix = dLogits.subarray(firstRow * columns);
    const shape = { rows, columns, panelRows: capacity };
    kernels.packPanels(dOutput.subarray(firstRow * panelWidth), matrix, shape);
  };
}

/**
 * The backward pass of the last layer for some rows: dOutputRows ← dLogits, then as for any layer. As this
 * layer is small, it is split by rows, like the loss, so that a thread continues with its own rows.
 */
export function createLastLayerBackward(
  kernels: Kernels,
  { layer, transposedWeight, input, dLogits }: LastLayerInputs,
  { dOutputRows, dInput, dInputRows }: LastLayerOutputs,
): RowOperation {
  const { inputs, outputs } = layer;
  const { capacity } = dOutputRows;
  const product = {
    depth: outputs,
    panelCount: inputs / panelWidth,
    panelRows: outputs,
    ...panelStrides(capacity),
  };
  // A row-major matrix is a single panel, for which `panelRows` is not used.
  const logitsShape = { panelWidth: outputs, panelRows: 0, firstColumn: 0, endColumn: outputs };
  const columns = { firstColumn: 0, endColumn: inputs };
  const compressShape = { ...columns, panelWidth, panelRows: capacity };
  return range => {
    kernels.compressRows(dOutputRows, dLogits, { ...logitsShape, ...range });
    const target = dInput.subarray(range.firstRow * panelWidth);
    const shape = { ...product, ...range };
    const factors = { sparseRows: dOutputRows, panels: transposedWeight };
    kernels.sparseMatmul(target, factors, shape, 'identity');
    reluBackward(kernels, { dInput, input, capacity }, columns, range);
    if (dInputRows) kernels.compressRows(dInputRows, dInput, { ...compressShape, ...range });
  };
}

interface LastLayerInputs extends Omit<BackwardInputs, 'dOutputRows'> {
  /** [capacity, N], row-major */
  readonly dLogits: Float32Array;
}

interface LastLayerOutputs extends BackwardOutputs {
  /** [M, N] */
  readonly dOutputRows: SparseRows;
}

interface ReluArrays {
  readonly dInput: Float32Array;
  readonly input: Float32Array;
  /** rows of their panels */
  readonly capacity: number;
}

/** dInput ← dInput where input > 0, else 0: some rows of some columns, in place */
function reluBackward(
  kernels: Kernels,
  { dInput, input, capacity }: ReluArrays,
  { firstColumn, endColumn }: Omit<ColumnBlock, 'panelCount'>,
  { firstRow, rows }: RowRange,
): void {
  const length = rows * panelWidth;
  for (let column = firstColumn; column < endColumn; column += panelWidth) {
    const at = column * capacity + firstRow * panelWidth;
    const end = at + length;
    kernels.reluBackward(dInput.subarray(at, end), input.subarray(at, end), length);
  }
}
