// Opens the store when it is first wanted, and tries again at the next request if that fails: the
// rest of the service does without it, and a mended file needs no new start.

import type { FastifyBaseLogger } from 'fastify';
import { Problem } from '../problem.ts';
import { FeedbackError } from './feedback-error.ts';
import { FeedbackStore } from './feedback-store.ts';

export interface FeedbackFile {
  /** Made, with its folder, where it is missing. */
  readonly file: string;
  /** What the file may grow to. */
  readonly maxBytes: number;
}

export class FeedbackAccess {
  readonly #file: FeedbackFile;
  readonly #log: FastifyBaseLogger;
  #store: FeedbackStore | null = null;
  #isAvailable: boolean | null = null;

  constructor(file: FeedbackFile, log: FastifyBaseLogger) {
    this.#file = file;
    this.#log = log;
  }

  /** Whether corrections can be read, as the last who tried found it. */
  get isAvailable(): boolean {
    if (this.#isAvailable === null) this.probe();
    return this.#isAvailable ?? false;
  }

  /**
   * What `work` makes of the store.
   *
   * @throws Problem `feedback-full`, or `feedback-unavailable`, whose reason is for the log alone
   */
  use<T>(work: (store: FeedbackStore) => T): T {
    try {
      this.#store ??= new FeedbackStore(this.#file.file, this.#file.maxBytes);
      const result = work(this.#store);
      this.#isAvailable = true;
      return result;
    } catch (error) {
      if (!(error instanceof FeedbackError)) throw error;
      this.#isAvailable = error.code === 'feedback-full';
      this.#log.error({ err: error, code: error.code }, 'the store of corrections fails');
      throw toProblem(error);
    }
  }

  /** Says in the log, once the service has started, if the store cannot be opened. */
  probe(): void {
    try {
      this.use(() => {});
    } catch {
      this.#log.warn('corrections are refused until the store can be opened');
    }
  }

  close(): void {
    this.#store?.close();
    this.#store = null;
  }
}

function toProblem(cause: FeedbackError): Problem {
  if (cause.code === 'feedback-full') {
    return new Problem('feedback-full', 'Delete some, or give the service more room.', { cause });
  }
  return new Problem('feedback-unavailable', 'The reason is in the log of the service.', { cause });
}
