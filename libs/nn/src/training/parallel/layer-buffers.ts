// The arrays of one layer in a training step, except its parameters.

import type { DenseLayer } from '../../engine/dense.ts';
import type { Kernels } from '../../engine/kernels/kernels.ts';
import { panelsLength, panelWidth } from '../../engine/kernels/panels.ts';
import { createSparseRows, type SparseRows } from '../../engine/kernels/sparse-rows.ts';
import { panelsPerTask } from './stage.ts';

/** The buffers of a layer with K inputs and N outputs. capacity: largest batch; panels have 32 columns. */
export interface LayerBuffers {
  /** input[capacity, K] as sparse rows */
  readonly inputRows: SparseRows;
  /** the transpose of `inputRows`, [K, capacity] */
  readonly inputColumns: SparseRows;
  /** panels [N / 32, capacity, 32]; unused in the last layer, whose outputs are the logits */
  readonly output: Float32Array;
  /** gradient with respect to the output before its activation (dz), panels [N / 32, capacity, 32] */
  readonly dOutput: Float32Array;
  /** `dOutput` as sparse rows; absent in the first layer, whose input needs no gradient */
  readonly dOutputRows: SparseRows | undefined;
}

/** The buffers of a layer that is not trained. */
export type ForwardBuffers = Pick<LayerBuffers, 'inputRows' | 'output'>;

/** Columns in a segment of sparse rows: two panels of 128 rows, 32 KB, fit into the first-level cache. */
const segmentLength = panelsPerTask * panelWidth;

/** Images are sparser than outputs of ReLU, so longer segments contain as many values. */
const imageSegmentLength = 2 * segmentLength;

/**
 * Allocates the buffers of a layer.
 *
 * @param index of the layer, from 0; the input of layer 0 is the images
 */
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

/** The length of equal segments of an image's pixels, a multiple of four. */
function evenImageSegment(inputs: number): number {
  return 4 * Math.ceil(inputs / Math.ceil(inputs / imageSegmentLength) / 4);
}

/**
 * Allocates the buffers of a layer that is not trained.
 *
 * @param imageRows the first layer's input, which is compressed once for all networks
 */
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
