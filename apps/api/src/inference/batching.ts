// Adaptive batching: pictures that arrive in the same turn of the event loop go through the network
// together, so that the weights are read into the cache once.

import { type LoadedModel, networkInputs } from '@digits/nn';
import type { StageTimer } from '../metrics/metrics.ts';
import { answerAt, classifyMany, type DigitAnswer } from './classify.ts';

interface PendingPrediction {
  readonly pixels: Float32Array;
  readonly stages: StageTimer;
  readonly resolve: (answer: DigitAnswer) => void;
  readonly reject: (error: unknown) => void;
}

/** Larger batches are hardly faster, and delay the first picture in them. */
const maxBatchSize = 8;

const pending = new Map<LoadedModel, PendingPrediction[]>();

/**
 * The same answer as `classify`, from a batch. A batch runs when it is full, or at the end of this
 * turn of the event loop.
 */
export function classifyBatched(
  pixels: Float32Array,
  champion: LoadedModel,
  stages: StageTimer,
): Promise<DigitAnswer> {
  return new Promise((resolve, reject) => {
    if (pending.size === 0) setImmediate(flushAll);
    const batch = pending.get(champion) ?? [];
    pending.set(champion, batch);
    batch.push({ pixels, stages, resolve, reject });
    if (batch.length === maxBatchSize) flushBatch(champion, batch);
  });
}

function flushAll(): void {
  for (const [champion, batch] of pending) flushBatch(champion, batch);
}

function flushBatch(champion: LoadedModel, batch: readonly PendingPrediction[]): void {
  pending.delete(champion);
  const startMs = performance.now();
  try {
    const answers = classifyMany(champion, concatenateInputs(batch), batch.length);
    for (const [i, { stages, resolve }] of batch.entries()) {
      stages.observe('infer', startMs);
      resolve(answerAt(answers, i));
    }
  } catch (error) {
    for (const { reject } of batch) reject(error);
  }
}

/** [maxBatchSize, 784] reused for every batch, because the network copies its input. */
const inputs = new Float32Array(maxBatchSize * networkInputs);

function concatenateInputs(batch: readonly PendingPrediction[]): Float32Array {
  for (const [i, { pixels }] of batch.entries()) inputs.set(pixels, i * networkInputs);
  return inputs;
}
