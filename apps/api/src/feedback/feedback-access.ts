// Opens the store on first use and retries at the next request if that fails. The rest of the service
// works without it, and a repaired file needs no restart.

import type { Readiness } from '@digits/protocol';
import type { FastifyBaseLogger } from 'fastify';
import { Problem } from '../problem.ts';
import { ServiceError } from '../service-error.ts';
import { FeedbackStore } from './feedback-store.ts';

export interface FeedbackFile {
  /** Created, with its folder, where it is missing. */
  readonly file: string;
  /** Maximum size of the file. */
  readonly maxBytes: number;
}

/** Requests that may wait for a lock at once: each of them can hold a picture in memory. */
const maxPending = 32;

export class FeedbackAccess {
  readonly #file: FeedbackFile;
  readonly #log: FastifyBaseLogger;
  /** One for all requests that arrive while it is opened. */
  #store: Promise<FeedbackStore> | undefined;
  #pending = 0;
  #state: Readiness['feedback'] | undefined;

  constructor(file: FeedbackFile, log: FastifyBaseLogger) {
    this.#file = file;
    this.#log = log;
  }

  /** Whether corrections can be read and stored, as of the last attempt. */
  async state(): Promise<Readiness['feedback']> {
    if (this.#state === undefined) await this.probe();
    return this.#state ?? 'unavailable';
  }

  /**
   * Runs `work` with the store.
   *
   * @throws Problem `feedback-full`, or `feedback-unavailable`; the reason is only logged
   */
  async use<T>(work: (store: FeedbackStore) => T | Promise<T>): Promise<T> {
    this.#pending++;
    try {
      if (this.#pending > maxPending) {
        throw new ServiceError('feedback-busy', `${this.#pending} requests wait for the lock`);
      }
      const store = await this.#open();
      const result = await work(store);
      this.#state = store.isFull ? 'full' : 'available';
      return result;
    } catch (error) {
      throw this.report(error);
    } finally {
      this.#pending--;
    }
  }

  /** Logs, after the start of the service, whether the store cannot be opened. */
  async probe(): Promise<void> {
    try {
      await this.use(() => {});
    } catch {
      this.#log.warn('corrections are refused until the store can be opened');
    }
  }

  /**
   * Logs a failure of the store.
   *
   * @returns the problem for the client; errors that are no failures of the store unchanged
   */
  report(error: unknown): unknown {
    if (!(error instanceof ServiceError)) return error;
    this.#log.error({ err: error, code: error.code }, 'the store of corrections failed');
    if (error.code === 'feedback-full' && this.#store) {
      this.#state = 'full';
      const detail = 'Delete some, free space on the disk, or raise MAX_FEEDBACK_BYTES.';
      return new Problem('feedback-full', detail, { cause: error });
    }
    this.#state = 'unavailable';
    const detail = "The reason is in the service's log.";
    return new Problem('feedback-unavailable', detail, { cause: error });
  }

  async close(): Promise<void> {
    const store = await this.#store?.catch(() => undefined);
    store?.close();
    this.#store = undefined;
  }

  async #open(): Promise<FeedbackStore> {
    const store = await this.#store;
    // Deleted or restored from a backup: what this one stores would be lost.
    if (store?.isReplaced) await this.close();
    this.#store ??= FeedbackStore.open(this.#file.file, this.#file.maxBytes);
    try {
      return await this.#store;
    } catch (error) {
      this.#store = undefined;
      throw error;
    }
  }
}
