// A thread that classifies batches of images with one model, while the event loop answers other requests.

import { Worker } from 'node:worker_threads';
import { encodeModel, type LoadedModel } from '@digits/nn';
import { classCount } from '../classify.ts';
import { batchThreadScript } from './script.ts';
import { type BatchMessage, type BatchThreadData, createSlot, readyMessage } from './slot.ts';

/** The digits of a batch. */
export interface ClassifiedBatch {
  /** [count, 10] */
  readonly probabilities: Float32Array;
  /** [count] */
  readonly digits: Uint8Array;
}

export interface BatchThreadOptions {
  /** Whether predictions may use 256-bit vectors (chooseKernels). */
  readonly wideVectors: boolean;
  /** The thread has loaded the model. */
  onReady(): void;
  /** The thread has failed, and ends. */
  onFailure(error: Error): void;
  /** The thread has ended, also where it was closed. */
  onEnd?(): void;
  /** The thread's own by default. */
  readonly script?: string | URL;
}

/** The next batch is copied while the thread classifies the one before it. */
const slotCount = 2;

export class BatchThread {
  readonly #slots = Array.from({ length: slotCount }, createSlot);
  readonly #worker: Worker;
  /** Indices of the slots without a batch. */
  readonly #freeSlots = [...this.#slots.keys()];
  /** Get a free slot in the order in which they asked; undefined once the thread has ended. */
  readonly #waiting: ((slot: number | undefined) => void)[] = [];
  /** By slot: called with whether the batch in it was classified. */
  readonly #inProgress = new Map<number, (isClassified: boolean) => void>();
  #state: 'starting' | 'ready' | 'ended' = 'starting';

  constructor({ model }: LoadedModel, options: BatchThreadOptions) {
    const { wideVectors, script = batchThreadScript() } = options;
    const encoded = encodeModel(model.network, model);
    const data: BatchThreadData = { model: encoded, wideVectors, slots: this.#slots };
    const transferList = [encoded.buffer as ArrayBuffer];
    this.#worker = new Worker(script, { workerData: data, transferList });
    // It keeps the process alive only while it classifies.
    this.#worker.unref();
    this.#worker.on('message', (message: typeof readyMessage | number) => {
      if (message !== readyMessage) return this.#settle(message, true);
      this.#state = 'ready';
      options.onReady();
    });
    this.#worker.once('error', error => options.onFailure(error));
    this.#worker.once('exit', () => {
      this.#end();
      options.onEnd?.();
    });
  }

  /**
   * @param images [count, 784] ink in 0…1, row-major; must not change until the promise is settled
   * @param count at most `maxImagesPerCall`
   * @returns undefined while the thread starts, and if it ends before it has classified the batch
   */
  async classify(images: Float32Array, count: number): Promise<ClassifiedBatch | undefined> {
    if (this.#state !== 'ready') return undefined;
    const index = this.#freeSlots.pop() ?? (await this.#nextFreeSlot());
    if (index === undefined) return undefined;
    const slot = this.#slots[index]!;
    slot.images.set(images);
    if (!(await this.#run({ slot: index, count }))) return undefined;
    const probabilities = slot.probabilities.slice(0, count * classCount);
    const digits = slot.digits.slice(0, count);
    this.#release(index);
    return { probabilities, digits };
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #nextFreeSlot(): Promise<number | undefined> {
    return new Promise(resolve => this.#waiting.push(resolve));
  }

  #run(message: BatchMessage): Promise<boolean> {
    return new Promise(resolve => {
      this.#inProgress.set(message.slot, resolve);
      this.#worker.ref();
      this.#worker.postMessage(message);
    });
  }

  #release(slot: number): void {
    const next = this.#waiting.shift();
    if (next) next(slot);
    else this.#freeSlots.push(slot);
  }

  #settle(slot: number, isClassified: boolean): void {
    const settle = this.#inProgress.get(slot);
    this.#inProgress.delete(slot);
    if (this.#inProgress.size === 0) this.#worker.unref();
    settle?.(isClassified);
  }

  #end(): void {
    this.#state = 'ended';
    for (const slot of this.#inProgress.keys()) this.#settle(slot, false);
    for (const resolve of this.#waiting.splice(0)) resolve(undefined);
  }
}
