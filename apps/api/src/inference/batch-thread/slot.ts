// The memory that the event loop and a batch thread share: one batch, and its results.

import { networkInputs } from '@digits/nn';
import { classCount, maxImagesPerCall } from '../classify.ts';

export interface Slot {
  /** [maxImagesPerCall, 784] ink in 0…1, row-major */
  readonly images: Float32Array;
  /** [maxImagesPerCall, 10] */
  readonly probabilities: Float32Array;
  /** [maxImagesPerCall] */
  readonly digits: Uint8Array;
}

/** In memory that stays the same where it is posted to another thread. */
export function createSlot(): Slot {
  const floats = (length: number) => new Float32Array(new SharedArrayBuffer(4 * length));
  return {
    images: floats(maxImagesPerCall * networkInputs),
    probabilities: floats(maxImagesPerCall * classCount),
    digits: new Uint8Array(new SharedArrayBuffer(maxImagesPerCall)),
  };
}

/** What a batch thread starts with. */
export interface BatchThreadData {
  /** The model, encoded as a file. */
  readonly model: Uint8Array;
  /** Whether predictions may use 256-bit vectors (chooseKernels). */
  readonly wideVectors: boolean;
  readonly slots: readonly Slot[];
}

/** A batch to classify. The answer, when the results are in the slot, is the index of the slot. */
export interface BatchMessage {
  readonly slot: number;
  readonly count: number;
}

/** The first message of the thread, when it has loaded the model. */
export const readyMessage = 'ready';
