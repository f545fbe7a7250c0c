// Classifies the images of a request in parts, so that other requests run between them.

import { type LoadedModel, networkInputs } from '@digits/nn';
import type { BatchThreads } from '../inference/batch-thread/batch-threads.ts';
import { classCount, maxImagesPerCall } from '../inference/classify.ts';
import { nextTurn } from '../next-turn.ts';

export interface InferenceResult {
  readonly count: number;
  /** [count, 10] */
  readonly probabilities: Float32Array;
  /** [count] */
  readonly digits: Uint8Array;
}

/** @param images [count, 784]; must not change until the promise is settled */
export async function infer(
  batches: BatchThreads,
  champion: LoadedModel,
  images: Float32Array,
): Promise<InferenceResult> {
  const count = images.length / networkInputs;
  const probabilities = new Float32Array(count * classCount);
  const digits = new Uint8Array(count);
  for (let start = 0; start < count; start += maxImagesPerCall) {
    await nextTurn();
    const end = Math.min(count, start + maxImagesPerCall);
    const inputs = images.subarray(start * networkInputs, end * networkInputs);
    const part = await batches.classify(champion, inputs, end - start);
    probabilities.set(part.probabilities, start * classCount);
    digits.set(part.digits, start);
  }
  return { count, probabilities, digits };
}
