// When the shadow works: after the answer has gone, and so little of the time that nobody notices.
// What comes faster than that is dropped and counted.

import type { FastifyBaseLogger } from 'fastify';
import { Problem } from '../../problem.ts';
import type { ShadowStore } from '../model-store.ts';
import { type AnsweredPicture, type Comparison, compare } from './compare.ts';

/** Calls `work` in so many milliseconds, unless what it returns is called before. */
export type Schedule = (work: () => void, delayMs: number) => () => void;

export interface ShadowingOptions extends Comparison {
  readonly shadows: ShadowStore;
  readonly log: Pick<FastifyBaseLogger, 'error'>;
  /** For tests that wait for nothing. */
  readonly schedule?: Schedule;
}

/** It rests nine times as long as it worked, writing included: a tenth of the time at most. */
const restFactor = 9;

/** Whatever has failed will fail again, and each time is a line in the log. */
const restAfterFailureMs = 10_000;

const maxQueued = 32;
const maxQueuedBytes = 16 * 1024 * 1024;

export class Shadowing {
  readonly #options: ShadowingOptions;
  readonly #later: Schedule;
  readonly #waiting: AnsweredPicture[] = [];
  #waitingBytes = 0;
  /** Stops what is planned; null where nothing is. */
  #cancel: (() => void) | null = null;
  #isClosed = false;

  constructor(options: ShadowingOptions) {
    this.#options = options;
    this.#later = options.schedule ?? scheduleWithTimer;
  }

  /** Whether there is a shadow to show pictures to. */
  get isActive(): boolean {
    return this.#options.shadows.shadow !== null && !this.#isClosed;
  }

  /** Takes a picture whose answer has been sent. Never throws. */
  offer(answered: AnsweredPicture): void {
    if (!this.isActive) return;
    const bytes = this.#waitingBytes + answered.bytes.length;
    if (this.#waiting.length === maxQueued || bytes > maxQueuedBytes) {
      this.#options.metrics.dropped();
      return;
    }
    this.#waiting.push(answered);
    this.#waitingBytes = bytes;
    if (this.#cancel === null) this.#plan(0);
  }

  /** What waits is forgotten. */
  close(): void {
    this.#isClosed = true;
    this.#cancel?.();
    this.#waiting.length = 0;
  }

  #plan(delayMs: number): void {
    this.#cancel = this.#later(() => this.#work(), delayMs);
  }

  #work(): void {
    this.#cancel = null;
    const answered = this.#waiting.shift();
    if (!answered) return;
    this.#waitingBytes -= answered.bytes.length;
    const startMs = performance.now();
    const isWell = this.#show(answered);
    const tookMs = performance.now() - startMs;
    this.#plan(isWell ? restFactor * tookMs : restAfterFailureMs);
  }

  /** @returns whether nothing failed */
  #show(answered: AnsweredPicture): boolean {
    const { shadows, metrics, log } = this.#options;
    const { shadow } = shadows;
    // It may have gone, or been crowned, while the picture waited.
    if (!shadow || shadow.sha256 === answered.prediction.model.sha256) return true;
    try {
      compare(answered, shadow, this.#options);
      return true;
    } catch (error) {
      metrics.failed();
      // A store that fails has said so.
      if (!(error instanceof Problem)) log.error({ err: error }, 'the shadow fails');
      return false;
    }
  }
}

/** The timer by itself keeps no process alive. */
function scheduleWithTimer(work: () => void, delayMs: number): () => void {
  const timer = setTimeout(work, delayMs).unref();
  return () => clearTimeout(timer);
}
