// Computes logits, accuracy and loss of a network on samples.

import { gatherBatch, type InputValues, type Samples } from '../../data/samples.ts';
import type { Network } from '../../engine/network.ts';
import { argmax } from '../../engine/softmax.ts';
import { createSparseForward } from '../../engine/sparse-forward.ts';

/** Accuracy and loss on a set of samples. */
export interface Measurement {
  readonly count: number;
  readonly correct: number;
  /** correct / count */
  readonly accuracy: number;
  /** mean cross-entropy, in nats */
  readonly loss: number;
}

/** Images per forward pass; larger batches are not faster (docs/experiments.md). */
export const forwardBatchSize = 128;

/** Computes the logits of samples, [count, classes]. */
export type LogitsOf = (samples: Samples<InputValues>) => Float32Array;

/** Creates a `LogitsOf`. Allocates kernel memory that is never freed: call it once per network. */
export function createLogitsOf(network: Network): LogitsOf {
  const pass = createSparseForward(network, forwardBatchSize);
  const labels = new Uint8Array(forwardBatchSize);
  const N = network.layers.at(-1)!.outputs;
  return samples => {
    pass.pack();
    const all = new Float32Array(samples.count * N);
    const order = Uint32Array.from({ length: samples.count }, (_, i) => i);
    for (let start = 0; start < samples.count; start += forwardBatchSize) {
      const batch = order.subarray(start, start + forwardBatchSize);
      gatherBatch(samples, batch, pass.input, labels);
      const logits = pass.forward(batch.length);
      for (let m = 0; m < batch.length; m++) {
        const from = m * pass.logitsStride;
        all.set(logits.subarray(from, from + N), (start + m) * N);
      }
    }
    return all;
  };
}

/**
 * Computes accuracy and loss.
 *
 * @param logits [labels.length, classes]
 * @returns NaN for both if there are no labels
 */
export function measure(logits: Float32Array, labels: Uint8Array): Measurement {
  const count = labels.length;
  const N = logits.length / count;
  let correct = 0;
  let loss = 0;
  for (const [i, label] of labels.entries()) {
    const row = logits.subarray(i * N, (i + 1) * N);
    const best = argmax(row);
    if (best === label) correct++;
    let sum = 0;
    for (const logit of row) sum += Math.exp(logit - row[best]!);
    loss += Math.log(sum) + row[best]! - row[label]!;
  }
  return { count, correct, accuracy: correct / count, loss: loss / count };
}
