// Networks and batches as the readable network takes them.

import type { Network } from '../../src/engine/network.ts';
import type { ReadableBatch, ReadableLayer } from '../../src/engine/readable.ts';

/** The network's current parameters in float64. */
export function readableCopyOf({ layers }: Pick<Network, 'layers'>): ReadableLayer[] {
  return layers.map(({ inputs, outputs, weight, bias }) => ({
    inputs,
    outputs,
    weight: Float64Array.from(weight),
    bias: Float64Array.from(bias),
  }));
}

/**
 * @param input [labels.length, inputs of the network]
 * @param labelSmoothing fraction of every target that is spread evenly over all classes
 */
export function readableBatchOf(
  input: ArrayLike<number>,
  labels: Uint8Array,
  classes: number,
  labelSmoothing = 0,
): ReadableBatch {
  const M = labels.length;
  const targets = new Float64Array(M * classes).fill(labelSmoothing / classes);
  for (const [m, label] of labels.entries()) targets[m * classes + label]! += 1 - labelSmoothing;
  return { M, input: Float64Array.from(input), targets };
}
