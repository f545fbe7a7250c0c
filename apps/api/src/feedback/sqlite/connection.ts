// The connection to the store's file, through which every read and write goes. A write is one
// transaction, and a locked file is waited for without blocking the event loop.

import { constants, statSync } from 'node:fs';
import { access } from 'node:fs/promises';
import type { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import { ServiceError } from '../../service-error.ts';
import { isFull, openDatabase, openSnapshot, toServiceError } from './database.ts';
import { hasSpaceForLog, requireDiskSpace } from './disk-space.ts';
import { LockWaiting } from './lock-waiting.ts';
import { transact } from './transaction.ts';

export interface FeedbackFile {
  /** Created, with its folder, where it is missing. */
  readonly file: string;
  /** Maximum size of the file. */
  readonly maxBytes: number;
}

/** Reads that can take long and wait for one another; a client that sends more of them is too fast. */
const maxLongReads = 64;

/** Synchronous, because no other work may come between its statements. */
type Work<T> = (database: DatabaseSync) => T;

/** Every method throws ServiceError where SQLite fails. */
export class Connection {
  readonly #file: string;
  readonly #lock: LockWaiting;
  readonly #database: DatabaseSync;
  readonly #identity: string | undefined;
  #isFull = false;
  #longReads = 0;
  #lastLongRead: Promise<unknown> = Promise.resolve();

  /** @throws ServiceError, or an error of SQLite where another connection has the lock */
  constructor({ file, maxBytes }: FeedbackFile, lock = new LockWaiting()) {
    this.#file = file;
    this.#lock = lock;
    this.#database = openDatabase(file, maxBytes);
    this.#identity = identityOf(file);
  }

  /** Whether the last write found no space. */
  get isFull(): boolean {
    return this.#isFull;
  }

  /** Whether the path leads to another file by now; what this connection writes would be lost. */
  get isReplaced(): boolean {
    return identityOf(this.#file) !== this.#identity;
  }

  read<T>(work: Work<T>): Promise<T> {
    return this.#use(() => work(this.#database));
  }

  /**
   * Runs a read that can take long, with a turn of the event loop wherever it yields. One after the
   * other, because many at once would take the turns of everything else.
   */
  async readInSteps<T>(work: Work<Generator<undefined, T>>): Promise<T> {
    const steps = work(this.#database);
    const first = await this.#use(() => steps.next());
    if (first.done) return first.value;
    if (this.#longReads === maxLongReads) {
      throw new ServiceError('feedback-busy', `${maxLongReads} long reads of ${this.#file} wait`);
    }
    this.#longReads++;
    const result = this.#lastLongRead.then(() => this.#finish(steps));
    this.#lastLongRead = result.catch(() => {}).finally(() => this.#longReads--);
    return result;
  }

  /** Runs `work` in a transaction, which is on disk when the promise is fulfilled. */
  async write<T>(work: Work<T>): Promise<T> {
    try {
      const result = await this.#use(() => this.#transactInSpace(() => work(this.#database)));
      this.#isFull = false;
      return result;
    } catch (error) {
      if (isFull(error)) this.#isFull = true;
      throw error;
    }
  }

  /**
   * To be called in a transaction that stores a picture with this many bytes.
   *
   * @throws ServiceError `feedback-full` where the disk has not the space to delete it again
   */
  requireSpace(bytes: number): void {
    const { free, size } = this.#database
      .prepare(
        `SELECT freelist_count AS free, page_size AS size
         FROM pragma_freelist_count, pragma_page_size`,
      )
      .get()!;
    requireDiskSpace(this.#file, bytes, Number(free) * Number(size));
  }

  /**
   * SQLite opens a file for reading where it cannot be written, and a disk can become read-only while it is
   * open. A file that is gone is created again.
   *
   * @throws ServiceError `feedback-inaccessible` where the file can only be read
   */
  async requireWritable(): Promise<void> {
    try {
      await access(this.#file, constants.W_OK);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
      throw toServiceError(error, this.#file);
    }
  }

  /** A connection to the database as it is now; the caller closes it. */
  snapshot(): Promise<DatabaseSync> {
    return this.#use(() => openSnapshot(this.#file));
  }

  close(): void {
    if (this.#database.isOpen) this.#database.close();
  }

  /** On a full disk the log can have the space that the transaction needs. */
  #transactInSpace<T>(work: () => T): T {
    if (!hasSpaceForLog(this.#file)) this.#emptyLog();
    try {
      return transact(this.#database, work);
    } catch (error) {
      if (!isFull(error)) throw error;
      this.#emptyLog();
      return transact(this.#database, work);
    }
  }

  /** Copies the log to the file as far as there is space and others do not read it. */
  #emptyLog(): void {
    try {
      this.#database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    } catch (error) {
      if (!isFull(error)) throw error;
    }
  }

  async #finish<T>(steps: Generator<undefined, T>): Promise<T> {
    for (;;) {
      await setImmediate();
      const { done, value } = await this.#use(() => steps.next());
      if (done) return value;
    }
  }

  async #use<T>(attempt: () => T): Promise<T> {
    try {
      return await this.#lock.retry(() => {
        if (this.#database.isOpen) return attempt();
        throw new ServiceError('feedback-inaccessible', `${this.#file} was closed`);
      });
    } catch (error) {
      throw toServiceError(error, this.#file);
    }
  }
}

/** @returns undefined where there is no file, or none that can be reached */
function identityOf(file: string): string | undefined {
  try {
    const { dev, ino } = statSync(file);
    return `${dev}:${ino}`;
  } catch {
    return undefined;
  }
}
