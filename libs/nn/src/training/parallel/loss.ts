// The loss of a step: softmax and cross-entropy of each row of the logits.

import type { Kernels } from '../../engine/kernels/kernels.ts';
import type { BatchBuffers } from './batch-buffers.ts';
import type { RowOperation } from './stage.ts';

/**
 * losses ← cross-entropy of softmax(logits) with the smoothed targets, dLogits ← its gradient over M:
 * target = (1 − smoothing) · one-hot(label) + smoothing / classes, which is uniform for outliers
 * (outlier exposure: Hendrycks, Mazeika and Dietterich 2019).
 *
 * @param classes of the logits; further columns are padding
 */
export function createLossOperation(
  kernels: Kernels,
  { logits, labels, smoothing }: Pick<BatchBuffers, 'logits' | 'labels' | 'smoothing'>,
  { dLogits, losses }: Pick<BatchBuffers, 'dLogits' | 'losses'>,
  classes: number,
): RowOperation {
  const capacity = labels.length;
  const stride = logits.length / capacity;
  // Views on all rows, created once.
  const rowOf = (values: Float32Array, row: number) =>
    values.subarray(row * stride, row * stride + classes);
  const views = Array.from(labels, (_, row) => ({
    logits: rowOf(logits, row),
    dLogits: rowOf(dLogits, row),
    label: labels.subarray(row, row + 1),
  }));
  return ({ firstRow, rows }, { M }) => {
    for (let row = firstRow; row < firstRow + rows; row++) {
      const view = views[row]!;
      const shape = { M: 1, N: classes, labelSmoothing: smoothing[row]!, meanOver: M };
      losses[row] = kernels.softmaxCrossEntropy(view.dLogits, view.logits, view.label, shape);
    }
  };
}
