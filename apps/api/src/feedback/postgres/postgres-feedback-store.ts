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
import { insertInto } from '../statements.ts';
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
import {
  changeUsage,
  deleteRow,
  fits,
  noSpace,
  readEqual,
  readPage,
  readPicture,
} from './queries.ts';
import { PostgresSnapshot } from './snapshot.ts';

const table = {
  name: 'digits.feedback' as const,
  columns: feedbackColumns,
  toItem: toFeedbackEntry,
};

/** In one statement, because the next transaction waits for this one. A labelled picture needs no label. */
const insertEntry = (columns: readonly string[]) => `
  WITH labelled AS (DELETE FROM digits.disagreements WHERE sha256 = :sha256)
  ${insertInto(table.name, columns)}
  ON CONFLICT (sha256, label) DO NOTHING RETURNING ${feedbackColumns}`;

/** A standby is read-only in every transaction. */
const selectWritable = `
  SELECT current_setting('transaction_read_only') = 'off'
    AND has_table_privilege('${table.name}', 'INSERT') AS writable`;

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
    const [state] = await this.#database.query(selectWritable);
    if (state?.['writable']) return;
    const reason = `${this.#database.place} can only be read`;
    throw new ServiceError('feedback-inaccessible', reason);
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
    const row = toFeedbackRow(entry);
    return changeUsage(this.#database, async (session, usedBytes) => {
      const hasSpace = fits(usedBytes, entry.input.byteLength, this.#maxBytes);
      const [added] = hasSpace ? await session.query(insertEntry(Object.keys(row)), row) : [];
      if (added) return { entry: toFeedbackEntry(added), isNew: true };
      const existing = await readEqual(session, row);
      if (!existing) throw noSpace(usedBytes, this.#maxBytes);
      return { entry: toFeedbackEntry(existing), isNew: false };
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
