// Stores corrections in PostgreSQL, where several replicas share them.

import type { FeedbackEntry } from '@digits/protocol';
import type { FeedbackFilters } from '../../schemas/feedback.ts';
import { ServiceError } from '../../service-error.ts';
import { toSqlCondition } from '../conditions.ts';
import {
  feedbackColumns,
  type NewFeedbackEntry,
  toFeedbackEntry,
  toFeedbackRow,
} from '../feedback-entry.ts';
import {
  type FeedbackSnapshot,
  type FeedbackStore,
  maxDisagreementFraction,
  maxDisagreements,
  type Page,
  type PageOptions,
  type StoredEntry,
  type StoredPicture,
} from '../store.ts';
import type { Database } from './database.ts';
import { PostgresDisagreementStore } from './postgres-disagreement-store.ts';
import { deleteRow, insertRow, lockUsage, readPage, readPicture, requireSpace } from './queries.ts';
import { PostgresSnapshot } from './snapshot.ts';

const table = {
  name: 'digits.feedback' as const,
  columns: feedbackColumns,
  toItem: toFeedbackEntry,
};

export class PostgresFeedbackStore implements FeedbackStore {
  readonly disagreements: PostgresDisagreementStore;
  readonly isReplaced = false;
  readonly #database: Database;
  readonly #maxBytes: number;
  #isFull = false;

  constructor(database: Database, maxBytes: number) {
    this.#database = database;
    this.#maxBytes = maxBytes;
    this.disagreements = new PostgresDisagreementStore(database, {
      maxBytes,
      maxCount: maxDisagreements,
      maxDisagreementBytes: Math.floor(maxBytes * maxDisagreementFraction),
    });
  }

  get isFull(): boolean {
    return this.#isFull;
  }

  async ping(): Promise<void> {
    await this.#database.run('SELECT');
  }

  async add(entry: NewFeedbackEntry): Promise<StoredEntry> {
    try {
      const stored = await this.#add(entry);
      this.#isFull = false;
      return stored;
    } catch (error) {
      if (error instanceof ServiceError && error.code === 'feedback-full') this.#isFull = true;
      throw error;
    }
  }

  #add(entry: NewFeedbackEntry): Promise<StoredEntry> {
    const { sha256, byteLength } = entry.input;
    const { label } = entry;
    return this.#database.transaction(async session => {
      const usedBytes = await lockUsage(session);
      // It needs no label any more.
      await session.run('DELETE FROM digits.disagreements WHERE sha256 = :sha256', { sha256 });
      const [existing] = await session.query(
        `SELECT ${feedbackColumns} FROM digits.feedback WHERE sha256 = :sha256 AND label = :label`,
        { sha256, label },
      );
      if (existing) return { entry: toFeedbackEntry(existing), isNew: false };
      requireSpace(usedBytes, byteLength, this.#maxBytes);
      const row = await insertRow(session, table.name, toFeedbackRow(entry), feedbackColumns);
      return { entry: toFeedbackEntry(row), isNew: true };
    });
  }

  async get(id: string): Promise<FeedbackEntry | undefined> {
    const sql = `SELECT ${feedbackColumns} FROM digits.feedback WHERE id = :id`;
    const [row] = await this.#database.query(sql, { id });
    return row && toFeedbackEntry(row);
  }

  picture(id: string): Promise<StoredPicture | undefined> {
    return readPicture(this.#database, table.name, id);
  }

  async delete(id: string): Promise<boolean> {
    const existed = await deleteRow(this.#database, table.name, id);
    if (existed) this.#isFull = false;
    return existed;
  }

  page(filters: FeedbackFilters, options: PageOptions): Promise<Page<FeedbackEntry>> {
    return readPage(this.#database, table, toSqlCondition(filters), options);
  }

  async snapshot(): Promise<FeedbackSnapshot> {
    return new PostgresSnapshot(await this.#database.snapshot());
  }

  /** The pool is closed by the opener. */
  close(): void {}
}
