// The last layer's way forward for some rows of the batch: there is no ReLU after it, and what comes
// out are logits, row by row.

import { panelWidth } from '../../engine/kernels/panels.ts';
import type { ForwardRoom } from './layer-buffers.ts';
import type { SharedRun } from './shared-run.ts';

interface LastLayerRun extends Pick<SharedRun, 'kernels' | 'layers' | 'logits'> {
  readonly rooms: readonly ForwardRoom[];
}

/** logits = input · weight + bias of the rows from … from + rows */
export function computeLogits(
  { kernels, layers, rooms, logits }: LastLayerRun,
  from: number,
  rows: number,
): void {
  const { inputs, outputs, weight, bias } = layers.at(-1)!;
  const shape = {
    firstRow: from,
    rows,
    depth: inputs,
    panelCount: outputs / panelWidth,
    panelRows: inputs,
    rowStride: outputs,
    panelStride: panelWidth,
  };
  const target = logits.subarray(from * outputs);
  kernels.sparseMatmul(target, rooms.at(-1)!.rows, weight, bias, shape, 'identity');
}
