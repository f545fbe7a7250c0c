// Opens the store on first use and retries at the next request if that fails. The rest of the service
// works without it, and a repaired file needs no restart.

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

export class FeedbackAccess {
  readonly #file: FeedbackFile;
  readonly #log: FastifyBaseLogger;
  #store: FeedbackStore | undefined;
  #isAvailable: boolean | undefined;

  constructor(file: FeedbackFile, log: FastifyBaseLogger) {
    this.#file = file;
    this.#log = log;
  }

  /** Whether the last access to the store succeeded. */
  get isAvailable(): boolean {
    if (this.#isAvailable === undefined) this.probe();
    return this.#isAvailable ?? false;
  }

  /**
   * Runs `work` with the store.
   *
   * @throws Problem `feedback-full`, or `feedback-unavailable`; the reason is only logged
   */
  use<T>(work: (store: FeedbackStore) => T): T {
    try {
      this.#store ??= new FeedbackStore(this.#file.file, this.#file.maxBytes);
      const result = work(this.#store);
      this.#isAvailable = true;
      return result;
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      this.#isAvailable = error.code === 'feedback-full';
      this.#log.error({ err: error, code: error.code }, 'the store of corrections failed');
      throw toProblem(error);
    }
  }

  /** Logs, after the start of the service, whether the store cannot be opened. */
  probe(): void {
    try {
      this.use(() => {});
    } catch {
      this.#log.warn('corrections are refused until the store can be opened');
    }
  }

  close(): void {
    this.#store?.close();
    this.#store = undefined;
  }
}

function toProblem(cause: ServiceError): Problem {
  if (cause.code === 'feedback-full') {
    return new Problem('feedback-full', 'Delete some, or raise MAX_FEEDBACK_BYTES.', { cause });
  }
  return new Problem('feedback-unavailable', "The reason is in the service's log.", { cause });
}
