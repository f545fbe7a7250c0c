// The connection to the store's file, through which every read and write goes. A write is one
// transaction, and a locked file is waited for without blocking the event loop.

import { type Stats, statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { ServiceError } from '../service-error.ts';
import { isFull, openDatabase, openSnapshot, toServiceError } from './database.ts';
import { hasSpaceForLog, requireDiskSpace } from './disk-space.ts';
import { retryWhileLocked } from './lock-waiting.ts';
import { transact } from './transaction.ts';

/** Synchronous, because no other work may come between its statements. */
type Work<T> = (database: DatabaseSync) => T;

/** Every method throws ServiceError where SQLite fails. */
export class Connection {
  readonly #file: string;
  readonly #database: DatabaseSync;
  readonly #identity: Stats | undefined;
  #isFull = false;

  static async open(file: string, maxBytes: number): Promise<Connection> {
    try {
      const database = await retryWhileLocked(() => openDatabase(file, maxBytes));
      return new Connection(file, database);
    } catch (error) {
      throw toServiceError(error, file);
    }
  }

  private constructor(file: string, database: DatabaseSync) {
    this.#file = file;
    this.#database = database;
    this.#identity = statSync(file, { throwIfNoEntry: false });
  }

  /** Whether the last write found no space. */
  get isFull(): boolean {
    return this.#isFull;
  }

  /** Whether the path leads to another file by now; what this connection writes would be lost. */
  get isReplaced(): boolean {
    const now = statSync(this.#file, { throwIfNoEntry: false });
    return now?.ino !== this.#identity?.ino || now?.dev !== this.#identity?.dev;
  }

  read<T>(work: Work<T>): Promise<T> {
    return this.#use(() => work(this.#database));
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

  async #use<T>(attempt: () => T): Promise<T> {
    try {
      return await retryWhileLocked(() => {
        if (this.#database.isOpen) return attempt();
        throw new ServiceError('feedback-inaccessible', `${this.#file} was closed`);
      });
    } catch (error) {
      throw toServiceError(error, this.#file);
    }
  }
}
