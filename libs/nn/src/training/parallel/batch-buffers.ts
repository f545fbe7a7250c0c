// The arrays of a batch that do not belong to a layer: images, targets and losses.

import type { DenseLayer } from '../../engine/dense.ts';
import type { Kernels } from '../../engine/kernels/kernels.ts';

/** Row-major arrays. capacity: largest batch; N: outputs of the last layer, padded to whole panels. */
export interface BatchBuffers {
  /** [capacity, inputs of the first layer], ink 0…1 */
  readonly input: Float32Array;
  /** [capacity], classes; 0 for outliers, whose target is uniform */
  readonly labels: Uint8Array;
  /** [capacity], the fraction of each target that is spread over all classes: 1 for outliers */
  readonly smoothing: Float64Array;
  /** [capacity, N] */
  readonly logits: Float32Array;
  /** [capacity, N], gradient of the mean loss with respect to the logits */
  readonly dLogits: Float32Array;
  /** [capacity], cross-entropy of each row, in nats */
  readonly losses: Float64Array;
}

/** Allocates the buffers of a batch. */
export function createBatchBuffers(
  kernels: Kernels,
  layers: readonly DenseLayer[],
  capacity: number,
): BatchBuffers {
  const { inputs } = layers[0]!;
  const { outputs } = layers.at(-1)!;
  return {
    input: kernels.allocate(capacity * inputs),
    labels: kernels.allocateLabels(capacity),
    smoothing: new Float64Array(new SharedArrayBuffer(8 * capacity)),
    logits: kernels.allocate(capacity * outputs),
    dLogits: kernels.allocate(capacity * outputs),
    losses: new Float64Array(new SharedArrayBuffer(8 * capacity)),
  };
}
