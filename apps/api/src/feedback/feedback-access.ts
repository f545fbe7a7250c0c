// Opens the store on first use and retries at the next request if that fails. The rest of the service
// works without it, and a repaired file needs no restart.

import type { Readiness } from '@digits/protocol';
import type { FastifyBaseLogger } from 'fastify';
import { Problem } from '../problem.ts';
import { ServiceError } from '../service-error.ts';
import type { FeedbackStore, StoreOpener } from './store.ts';

/** What the store is used for: the label of metrics and logs. */
export type FeedbackOperation =
  | 'probe'
  | `${'add' | 'get' | 'list' | 'delete'}-${'correction' | 'disagreement'}`
  | 'label-disagreement'
  | 'export';

/** One access to the store, for metrics. */
export interface FeedbackAccessEvent {
  readonly store: StoreOpener['type'];
  readonly operation: FeedbackOperation;
  /** `ok`, or the code of the error. */
  readonly result: string;
  readonly durationMs: number;
  readonly isAvailable: boolean;
}

const isRead = (operation: FeedbackOperation) => /^(get|list|export)/.test(operation);

/** A second, beyond which people notice that they wait (Nielsen 1993, Usability Engineering, 5.5). */
const slowMs = 1000;

/** Supervisors and apps ask for the state every few seconds, each of them; the store is asked once a second. */
const minProbeIntervalMs = 1000;

export class FeedbackAccess {
  readonly #opener: StoreOpener;
  readonly #log: FastifyBaseLogger;
  readonly #onAccess: (event: FeedbackAccessEvent) => void;
  #store: FeedbackStore | undefined;
  #opening: Promise<FeedbackStore> | undefined;
  #state: Readiness['feedback'] | undefined;
  #probing: Promise<void> | undefined;
  #probedAtMs = Number.NEGATIVE_INFINITY;
  /** A damaged page of a file, which only a write or another file can prove to be gone. */
  #isDamaged = false;

  /** @param onAccess called after each access */
  constructor(
    opener: StoreOpener,
    log: FastifyBaseLogger,
    onAccess: (event: FeedbackAccessEvent) => void = () => {},
  ) {
    this.#opener = opener;
    this.#log = log;
    this.#onAccess = onAccess;
  }

  /** Whether corrections can be stored, as of the last attempt; each call is followed by another one. */
  async state(): Promise<Readiness['feedback']> {
    const probing = this.#probeAgain();
    // A database that is away can be waited for longer than a supervisor waits for its answer.
    if (this.#state === undefined && this.#opener.type === 'sqlite') await probing;
    return this.#state ?? 'unavailable';
  }

  async #probeAgain(): Promise<void> {
    if (this.#isDamaged || performance.now() - this.#probedAtMs < minProbeIntervalMs) return;
    this.#probing ??= this.probe().finally(() => {
      this.#probing = undefined;
      this.#probedAtMs = performance.now();
    });
    await this.#probing;
  }

  /**
   * Runs `work` with the store.
   *
   * @throws Problem `feedback-full`, or `feedback-unavailable`; the reason is only logged
   */
  async use<T>(
    operation: FeedbackOperation,
    work: (store: FeedbackStore) => T | Promise<T>,
  ): Promise<T> {
    const startMs = performance.now();
    let result = 'ok';
    try {
      const store = await this.#open(operation);
      const value = await work(store);
      // A standby of a database can be read.
      if (!isRead(operation)) {
        this.#state = store.isFull ? 'full' : 'available';
        this.#isDamaged = false;
      }
      return value;
    } catch (error) {
      result = isCoded(error) ? error.code : 'internal';
      throw this.report(error);
    } finally {
      this.#record(operation, result, performance.now() - startMs);
    }
  }

  /** Logs, if corrections cannot be stored. */
  async probe(): Promise<void> {
    try {
      await this.use('probe', store => store.ping());
    } catch {
      this.#log.warn('corrections are refused until the store can be opened and written');
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
    const isOpenFile = this.#opener.type === 'sqlite' && this.#store !== undefined;
    this.#isDamaged ||= isOpenFile && error.code === 'feedback-corrupt';
    const detail = "The reason is in the service's log.";
    return new Problem('feedback-unavailable', detail, { cause: error });
  }

  close(): void {
    this.#closeStore();
    this.#opener.close();
  }

  #record(operation: FeedbackOperation, result: string, durationMs: number): void {
    const { type: store } = this.#opener;
    const isAvailable = this.#state === 'available';
    this.#onAccess({ store, operation, result, durationMs, isAvailable });
    if (durationMs < slowMs) return;
    const facts = { store, operation, result, ms: Math.round(durationMs) };
    this.#log.warn(facts, 'slow access to the store of corrections');
  }

  async #open(operation: FeedbackOperation): Promise<FeedbackStore> {
    // Deleted or restored from a backup: what this one stores would be lost. A probe does not look for it,
    // since a disk that hangs would delay predictions.
    if (operation !== 'probe' && this.#store?.isReplaced) this.#closeStore();
    if (this.#store) return this.#store;
    // Requests that come meanwhile wait for the same attempt.
    this.#opening ??= this.#opener.open().finally(() => {
      this.#opening = undefined;
    });
    this.#store = await this.#opening;
    return this.#store;
  }

  #closeStore(): void {
    this.#isDamaged = false;
    this.#store?.close();
    this.#store = undefined;
  }
}

function isCoded(error: unknown): error is ServiceError | Problem {
  return error instanceof ServiceError || error instanceof Problem;
}
