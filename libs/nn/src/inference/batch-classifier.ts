// Classifies batches of images with the sparse forward pass, without allocating memory in each call.

import { argmax, softmaxInto } from '../engine/softmax.ts';
import { createSparseForward } from '../engine/sparse-forward.ts';
import { NnError } from '../errors.ts';
import { type Decision, decide, freeEnergy } from './decision.ts';
import type { Model } from './model.ts';

/** The results of one call, as views on memory that the next call overwrites. */
export interface BatchClassification {
  /** [count, classes], each row sums to 1 */
  readonly probabilities: Float32Array;
  /** [count], the class with the highest probability; the lowest one on ties */
  readonly digits: Uint8Array;
  /** [count] */
  readonly decisions: readonly Decision[];
}

/**
 * Classifies `count` images.
 *
 * @param pixels [count, inputs], 0…1, from the model's preprocessing; not kept
 * @returns views that stay valid until the next call
 * @throws NnError `data-mismatch` if `count` exceeds the capacity or the images in `pixels`
 */
export type BatchClassifier = (pixels: Float32Array, count: number) => BatchClassification;

/**
 * Allocates activations for `capacity` images and a copy of the weights in kernel memory, which is never
 * freed: call it once per model. The result for an image is bit-identical in any batch.
 *
 * @param capacity maximum number of images in a call
 * @throws NnError `model-unsupported` when the kernel memory is full
 */
export function createBatchClassifier(model: Model, capacity: number): BatchClassifier {
  const { network, temperature, acceptance } = model;
  const pass = createSparseForward(network, capacity);
  pass.pack();
  const inputs = network.layers[0]!.inputs;
  const classes = network.layers.at(-1)!.outputs;
  const probabilities = new Float32Array(capacity * classes);
  const digits = new Uint8Array(capacity);
  return (pixels, count) => {
    validateCount(count, capacity, pixels.length / inputs);
    pass.input.set(pixels.subarray(0, count * inputs));
    const logits = pass.forward(count);
    const decisions: Decision[] = [];
    for (let m = 0; m < count; m++) {
      const start = m * pass.logitsStride;
      const row = logits.subarray(start, start + classes);
      const target = probabilities.subarray(m * classes, (m + 1) * classes);
      softmaxInto(target, row, temperature);
      const digit = argmax(row);
      digits[m] = digit;
      const scores = { confidence: target[digit]!, energy: freeEnergy(row) };
      decisions.push(decide(scores, acceptance));
    }
    return {
      probabilities: probabilities.subarray(0, count * classes),
      digits: digits.subarray(0, count),
      decisions,
    };
  };
}

function validateCount(count: number, capacity: number, given: number): void {
  if (Number.isInteger(count) && count >= 0 && count <= capacity && count <= given) return;
  throw new NnError(
    'data-mismatch',
    `cannot classify ${count} images: the array contains ${given}, and the classifier's capacity is ${capacity}`,
  );
}
