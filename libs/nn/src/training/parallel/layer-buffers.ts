// The arrays of one layer in a training step, besides its parameters.

import type { DenseLayer } from '../../engine/dense.ts';
import type { Kernels } from '../../engine/kernels/kernels.ts';
import { panelsLength, panelWidth } from '../../engine/kernels/panels.ts';
import { createSparseRows, type SparseRows } from '../../engine/kernels/sparse-rows.ts';
import { panelsPerTask } from './stage.ts';

/** K inputs, N outputs, capacity: the largest batch. Matrices in panels of 32 columns. */
export interface LayerBuffers {
  /** input[capacity, K] */
  readonly inputRows: SparseRows;
  /** the transpose: input[K, capacity] */
  readonly inputColumns: SparseRows;
  /** panels [N / 32, capacity, 32]; unused in the last layer, whose output are the logits */
  readonly output: Float32Array;
  /** gradient of the loss by the output before its activation (dz), panels [N / 32, capacity, 32] */
  readonly dOutput: Float32Array;
  /** the same as sparse rows; absent in the first layer, whose input needs no gradient */
  readonly dOutputRows: SparseRows | undefined;
}

/** The buffers of a layer that is not trained. */
export type ForwardBuffers = Pick<LayerBuffers, 'inputRows' | 'output'>;

/** Columns in a segment of sparse rows: as many rows of two panels, 32 KB, fit the first-level cache. */
const segmentLength = panelsPerTask * panelWidth;

/** Images are sparser than the outputs of a ReLU, so that longer segments have as many values. */
const imageSegmentLength = 2 * segmentLength;

/** @param index of the layer, from 0: the first one's input are the images */
export function createLayerBuffers(
  kernels: Kernels,
  { inputs, outputs }: DenseLayer,
  index: number,
  capacity: number,
): LayerBuffers {
  const isFirst = index === 0;
  const inputSegment = isFirst ? evenImageSegment(inputs) : segmentLength;
  const columnSegment = Math.min(capacity, segmentLength);
  return {
    inputRows: createSparseRows(kernels, capacity, inputs, inputSegment),
    inputColumns: createSparseRows(kernels, inputs, capacity, columnSegment),
    output: kernels.allocate(panelsLength(capacity, outputs)),
    dOutput: kernels.allocate(panelsLength(capacity, outputs)),
    dOutputRows: isFirst ? undefined : createSparseRows(kernels, capacity, outputs, segmentLength),
  };
}

/** Cuts an image's pixels into segments of equal length, a multiple of four. */
function evenImageSegment(inputs: number): number {
  return 4 * Math.ceil(inputs / Math.ceil(inputs / imageSegmentLength) / 4);
}

/** @param imageRows the input, if this is the first layer: another network may have compressed it */
export function createForwardBuffers(
  kernels: Kernels,
  { inputs, outputs }: DenseLayer,
  capacity: number,
  imageRows?: SparseRows,
): ForwardBuffers {
  return {
    inputRows: imageRows ?? createSparseRows(kernels, capacity, inputs, segmentLength),
    output: kernels.allocate(panelsLength(capacity, outputs)),
  };
}
