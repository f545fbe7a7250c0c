// Many pictures in one call, into arrays that are there already.
import { argmax, softmaxInto } from '../loss/softmax.ts';
import type { Model } from './model.ts';
import { createActivations, forward } from './network.ts';

export interface BatchClassification {
  /** [count, classes], each row sums to 1 */
  readonly probabilities: Float32Array;
  /** [count], the class with the highest probability, the first of several */
  readonly digits: Uint8Array;
}

/**
 * @param pixels [count, inputs], as the model's preprocessing made them; not kept
 * @returns views that stay valid until the next call
 * @throws RangeError when `count` is above the capacity, or `pixels` holds fewer pictures
 */
export type BatchClassifier = (pixels: Float32Array, count: number) => BatchClassification;

/**
 * Takes the room for the answers once; use the classifier again rather than another. The pictures
 * go through the network one by one: a row knows its own zeros, a packed batch only those that six
 * pictures have in common, which costs more than sharing the weights gains (14 µs a picture against
 * 20 in batches of 64, 784-512-256-10).
 */
export function createBatchClassifier(model: Model, capacity: number): BatchClassifier {
  const { network, temperature } = model;
  const activations = createActivations(network, 1);
  const { input } = activations;
  const N = network.layers.at(-1)!.outputs;
  const probabilities = new Float32Array(capacity * N);
  const digits = new Uint8Array(capacity);
  return (pixels, count) => {
    expectPictures(pixels.length / input.length, count, capacity);
    for (let m = 0; m < count; m++) {
      input.set(pixels.subarray(m * input.length, (m + 1) * input.length));
      const logits = forward(network, activations, 1);
      softmaxInto(probabilities, m * N, logits, 0, N, temperature);
      digits[m] = argmax(logits);
    }
    return {
      probabilities: probabilities.subarray(0, count * N),
      digits: digits.subarray(0, count),
    };
  };
}

function expectPictures(given: number, count: number, capacity: number): void {
  if (Number.isInteger(count) && count >= 0 && count <= capacity && given >= count) return;
  throw new RangeError(
    `${count} pictures in an array of ${given}: expected no more than it holds, and than ${capacity}`,
  );
}
