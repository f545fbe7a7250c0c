// Classifies batches of images, larger ones in a thread, so that other requests need not wait for them.

import type { LoadedModel } from '@digits/nn';
import { nextTurn } from '../../next-turn.ts';
import { classifyMany } from '../classify.ts';
import { BatchThread, type BatchThreadOptions, type ClassifiedBatch } from './batch-thread.ts';

/** Fewer take hardly more time to classify than to hand over and back, some 0.1 ms. */
const minThreadImages = 8;

/** After this time without a batch the memory of a thread is worth more than its next start. */
const defaultIdleMs = 60_000;

export interface BatchesOptions extends BatchThreadOptions {
  /** Whether a thread may be started for the model: for the served one, where a processor is left. */
  mayHaveThread(champion: LoadedModel): boolean;
  readonly idleMs?: number;
}

/** One thread at a time, for the champion of the last batch. */
export class Batches {
  readonly #options: BatchesOptions;
  #current: { readonly champion: LoadedModel; readonly thread: BatchThread } | undefined;
  #idleTimer: NodeJS.Timeout | undefined;
  /** Models whose thread cannot be started. */
  readonly #threadless = new WeakSet<LoadedModel>();

  constructor(options: BatchesOptions) {
    this.#options = options;
  }

  /**
   * @param images [count, 784] ink in 0…1, row-major; must not change until the promise is settled
   * @param count at most `maxImagesPerCall`
   */
  async classify(
    champion: LoadedModel,
    images: Float32Array,
    count: number,
  ): Promise<ClassifiedBatch> {
    const thread = count < minThreadImages ? undefined : this.#threadFor(champion);
    if (!thread) return classifyHere(champion, images, count);
    const classified = await thread.classify(images, count);
    if (classified) return classified;
    // All batches that waited for a thread continue at once when it ends.
    await nextTurn();
    return classifyHere(champion, images, count);
  }

  /** Ends the thread; a later batch starts another one. */
  async close(): Promise<void> {
    clearTimeout(this.#idleTimer);
    const { thread } = this.#current ?? {};
    this.#current = undefined;
    await thread?.close();
  }

  #threadFor(champion: LoadedModel): BatchThread | undefined {
    if (this.#current?.champion !== champion) {
      if (this.#threadless.has(champion) || !this.#options.mayHaveThread(champion))
        return undefined;
      this.#startThread(champion);
    }
    this.#idleTimer?.refresh();
    return this.#current?.thread;
  }

  #startThread(champion: LoadedModel): void {
    this.close();
    const { idleMs = defaultIdleMs } = this.#options;
    try {
      this.#idleTimer = setTimeout(() => this.close(), idleMs).unref();
      this.#current = { champion, thread: new BatchThread(champion, this.#options) };
    } catch (error) {
      this.#threadless.add(champion);
      this.#options.onFailure(error as Error);
    }
  }
}

function classifyHere(champion: LoadedModel, images: Float32Array, count: number): ClassifiedBatch {
  const { probabilities, digits } = classifyMany(champion, images, count);
  // Other batches may be classified before the caller continues.
  return { probabilities: probabilities.slice(), digits: digits.slice() };
}
