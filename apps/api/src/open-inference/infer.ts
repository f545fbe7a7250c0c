// Classifies the images of a request in parts, so that other requests run between them.

import { type LoadedModel, networkInputs } from '@digits/nn';
import type { Batches } from '../inference/batch-thread/batches.ts';
import { classCount, maxImagesPerCall } from '../inference/classify.ts';
import { nextTurn } from '../next-turn.ts';

export interface InferenceResult {
  readonly count: number;
  /** [count, 10] */
  readonly probabilities: Float32Array;
  /** [count] */
  readonly digits: Uint8Array;
}

/** The thread for batches classifies one while the next is copied. */
const partsAtOnce = 2;

/** @param images [count, 784]; must not change until the promise is settled */
export async function infer(
  batches: Batches,
  champion: LoadedModel,
  images: Float32Array,
): Promise<InferenceResult> {
  const count = images.length / networkInputs;
  const probabilities = new Float32Array(count * classCount);
  const digits = new Uint8Array(count);
  let next = 0;
  const classifyParts = async () => {
    while (next < count) {
      const start = next;
      const end = Math.min(count, start + maxImagesPerCall);
      next = end;
      await nextTurn();
      const inputs = images.subarray(start * networkInputs, end * networkInputs);
      const part = await batches.classify(champion, inputs, end - start);
      probabilities.set(part.probabilities, start * classCount);
      digits.set(part.digits, start);
    }
  };
  await Promise.all(Array.from({ length: partsAtOnce }, classifyParts));
  return { count, probabilities, digits };
}
