// The arrays of one layer in a training, besides its parameters.

import type { DenseLayer } from '../../engine/dense.ts';
import type { Kernels } from '../../engine/kernels/kernels.ts';
import { panelsLength, panelWidth } from '../../engine/kernels/panels.ts';
import { createSparseRows, type SparseRows } from '../../engine/kernels/sparse-rows.ts';

/** One layer's arrays besides its parameters. N outputs, K inputs, capacity: the largest batch. */
export interface LayerRoom {
  /** what goes in, by rows of the batch */
  readonly rows: SparseRows;
  /** the same by inputs */
  readonly columns: SparseRows;
  /** [N / 32, capacity, 32] */
  readonly output: Float32Array;
  /** the gradient by the output, then by what goes into the activation, in the same shape */
  readonly dOutput: Float32Array;
  /** its rows; of no use to the first layer, nor is the next */
  readonly dRows: SparseRows | null;
  /** the transposed weights in panels: kept in step with them, which is cheaper than packing */
  readonly transposed: Float32Array | null;
}

/** What the way forward through a layer needs. */
export interface ForwardRoom extends Pick<LayerRoom, 'rows' | 'output'> {
  /** null where nothing is to be learnt */
  readonly columns: SparseRows | null;
}

/** Panels of a layer that one task of the way forward or back computes, and then lists. */
export const panelsPerTask = 4;

/** Steps in a segment of lists: two panels of as many rows, 32 KB, fit into the first cache. */
const segmentSteps = panelsPerTask * panelWidth;

/** Pictures are emptier than what comes out of ReLU: longer segments make up for it. */
const pictureSegmentSteps = 2 * segmentSteps;

/** @param index of the layer, from 0: its first one has pictures for its input */
export function createRoom(
  kernels: Kernels,
  { inputs, outputs }: DenseLayer,
  index: number,
  capacity: number,
): LayerRoom {
  const segment = index === 0 ? pictureSegment(inputs) : segmentSteps;
  const lists = (rows: number, steps: number, length: number) =>
    createSparseRows(kernels, rows, steps, length);
  return {
    rows: lists(capacity, inputs, segment),
    columns: lists(inputs, capacity, Math.min(capacity, segmentSteps)),
    output: kernels.allocate(panelsLength(capacity, outputs)),
    dOutput: kernels.allocate(panelsLength(capacity, outputs)),
    dRows: index === 0 ? null : lists(capacity, outputs, segmentSteps),
    transposed: index === 0 ? null : kernels.allocate(panelsLength(outputs, inputs)),
  };
}

/** Even segments, of a multiple of four steps. */
function pictureSegment(inputs: number): number {
  return 4 * Math.ceil(inputs / Math.ceil(inputs / pictureSegmentSteps) / 4);
}

/** @param pictures what goes into the first layer, if this is it; null: not listed yet */
export function createForwardRoom(
  kernels: Kernels,
  { inputs, outputs }: DenseLayer,
  pictures: SparseRows | null,
  capacity: number,
): ForwardRoom {
  return {
    rows: pictures ?? createSparseRows(kernels, capacity, inputs, segmentSteps),
    columns: null,
    output: kernels.allocate(panelsLength(capacity, outputs)),
  };
}
