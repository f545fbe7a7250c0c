// The entry point of a batch thread.

import { parentPort, workerData } from 'node:worker_threads';
import { chooseKernels, createBatchClassifier, decodeModel } from '@digits/nn';
import { maxImagesPerCall } from '../classify.ts';
import { kernelMemoryBytes } from '../watched-model.ts';
import { type BatchMessage, type BatchThreadData, readyMessage } from './slot.ts';

const { model, wideVectors, slots } = workerData as BatchThreadData;
const options = { wideVectors: wideVectors && ('sparse-forward' as const) };
const { kernels } = chooseKernels(kernelMemoryBytes, options);
const classify = createBatchClassifier(decodeModel(model, kernels), maxImagesPerCall);
// `workerData` would keep the encoded model.
(model.buffer as ArrayBuffer).transfer(0);

parentPort!.on('message', ({ slot: index, count }: BatchMessage) => {
  const slot = slots[index]!;
  const { probabilities, digits } = classify(slot.images, count);
  slot.probabilities.set(probabilities);
  slot.digits.set(digits);
  parentPort!.postMessage(index);
});
parentPort!.postMessage(readyMessage);
