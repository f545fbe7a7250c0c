// A trained network whose answers another one learns, and its room in a training.

import type { DenseLayer } from '../../engine/dense.ts';
import type { SparseRows } from '../../engine/kernels/sparse-rows.ts';
import type { Network } from '../../engine/network.ts';
import { createForwardRoom, type ForwardRoom } from './layer-buffers.ts';
import { packNetwork } from './panel-state.ts';

export interface Teacher {
  /** of whole panels */
  readonly layers: readonly DenseLayer[];
  /** the first layer's pictures are those of the network that is trained */
  readonly rooms: readonly ForwardRoom[];
  /** [capacity, outputs of the last layer], row by row */
  readonly logits: Float32Array;
}

/** @param pictures the batch, as the network that is trained has it listed */
export function createTeacher(network: Network, pictures: SparseRows, capacity: number): Teacher {
  const { kernels, layers } = packNetwork(network);
  return {
    layers,
    rooms: layers.map((layer, i) =>
      createForwardRoom(kernels, layer, i === 0 ? pictures : null, capacity),
    ),
    logits: kernels.allocate(capacity * layers.at(-1)!.outputs),
  };
}
