// Schedules the shadow's work: after the champion's answer has been sent, for at most a tenth of the
// time. Pictures that arrive faster are dropped and counted.

import type { FastifyBaseLogger } from 'fastify';
import type { ShadowStore } from '../inference/model-store.ts';
import { Problem } from '../problem.ts';
import { type AnsweredPicture, type ComparisonContext, compare } from './compare.ts';

/** Calls `work` after a delay, unless the returned function is called before. */
export type Schedule = (work: () => unknown, delayMs: number) => () => void;

export interface ShadowingOptions extends ComparisonContext {
  readonly shadows: ShadowStore;
  readonly log: Pick<FastifyBaseLogger, 'error'>;
  /** Replaced in tests, which do not wait. */
  readonly schedule?: Schedule;
}

/** The pause after a picture, in multiples of the time it took: at most a tenth of the time is used. */
const restFactor = 9;

/** The pause after a failure. It is likely to repeat, and each time writes a line to the log. */
const restAfterFailureMs = 10_000;

const maxQueued = 32;
const maxQueuedBytes = 16 * 1024 * 1024;

export class Shadowing {
  readonly #options: ShadowingOptions;
  readonly #schedule: Schedule;
  readonly #queue: AnsweredPicture[] = [];
  #queuedBytes = 0;
  /** Cancels the scheduled work; undefined where none is scheduled. */
  #cancel: (() => void) | undefined;
  #isClosed = false;

  constructor(options: ShadowingOptions) {
    this.#options = options;
    this.#schedule = options.schedule ?? scheduleWithTimer;
  }

  /** Whether there is a shadow that takes pictures. */
  get isActive(): boolean {
    return this.#options.shadows.shadow !== undefined && !this.#isClosed;
  }

  /** Queues a picture whose answer has been sent. Never throws. */
  offer(picture: AnsweredPicture): void {
    if (!this.isActive) return;
    const bytes = this.#queuedBytes + picture.bytes.length;
    if (this.#queue.length === maxQueued || bytes > maxQueuedBytes) {
      this.#options.metrics.dropped();
      return;
    }
    this.#queue.push(picture);
    this.#queuedBytes = bytes;
    if (this.#cancel === undefined) this.#plan(0);
  }

  /** Discards the queue. */
  close(): void {
    this.#isClosed = true;
    this.#cancel?.();
    this.#queue.length = 0;
  }

  #plan(delayMs: number): void {
    this.#cancel = this.#schedule(() => this.#processNext(), delayMs);
  }

  /** `#cancel` stays set until the next one is planned: there is one at a time. */
  async #processNext(): Promise<void> {
    const picture = this.#queue.shift();
    if (!picture) {
      this.#cancel = undefined;
      return;
    }
    this.#queuedBytes -= picture.bytes.length;
    const startMs = performance.now();
    const succeeded = await this.#process(picture);
    const durationMs = performance.now() - startMs;
    if (!this.#isClosed) this.#plan(succeeded ? restFactor * durationMs : restAfterFailureMs);
  }

  /** @returns whether it succeeded */
  async #process(picture: AnsweredPicture): Promise<boolean> {
    const { shadows, metrics, log } = this.#options;
    const { shadow } = shadows;
    // The shadow may have been removed or promoted while the picture was queued.
    if (!shadow || shadow.sha256 === picture.prediction.model.sha256) return true;
    try {
      await compare(picture, shadow, this.#options);
      return true;
    } catch (error) {
      metrics.failed();
      // A failure of the store has been logged already.
      if (!(error instanceof Problem)) log.error({ err: error }, 'the shadow failed');
      return false;
    }
  }
}

/** The timer does not keep the process alive. */
function scheduleWithTimer(work: () => unknown, delayMs: number): () => void {
  const timer = setTimeout(work, delayMs).unref();
  return () => clearTimeout(timer);
}
