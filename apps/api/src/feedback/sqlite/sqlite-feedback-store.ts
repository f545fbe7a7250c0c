// Stores corrections in one SQLite file, which several processes may use. Every call is short: it
// reads or writes one row or one page.

import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { FeedbackEntry } from '@digits/protocol';
import type { FeedbackFilters } from '../../schemas/feedback.ts';
import { toSqlCondition } from '../conditions.ts';
import {
  feedbackColumns,
  type NewFeedbackEntry,
  toFeedbackEntry,
  toFeedbackRow,
} from '../feedback-entry.ts';
import type { Row } from '../row.ts';
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
import { Connection, type FeedbackFile } from './connection.ts';
import type { LockWaiting } from './lock-waiting.ts';
import { insertRow, readPage, readPicture } from './queries.ts';
import { SqliteSnapshot } from './selection.ts';
import { SqliteDisagreementStore } from './sqlite-disagreement-store.ts';

/** Every method throws ServiceError where SQLite fails. */
export class SqliteFeedbackStore implements FeedbackStore {
  readonly disagreements: SqliteDisagreementStore;
  readonly #connection: Connection;

  /** @throws ServiceError, or an error of SQLite where another connection has the lock */
  constructor(file: FeedbackFile, lock?: LockWaiting) {
    this.#connection = new Connection(file, lock);
    this.disagreements = new SqliteDisagreementStore(this.#connection, {
      maxCount: maxDisagreements,
      maxBytes: Math.floor(file.maxBytes * maxDisagreementFraction),
    });
  }

  get isFull(): boolean {
    return this.#connection.isFull;
  }

  /** Whether the path leads to another file by now. */
  get isReplaced(): boolean {
    return this.#connection.isReplaced;
  }

  ping(): Promise<void> {
    return this.#connection.requireWritable();
  }

  add(entry: NewFeedbackEntry): Promise<StoredEntry> {
    const { sha256, byteLength } = entry.input;
    return this.#connection.write(database => {
      // It needs no label any more.
      database.prepare('DELETE FROM disagreements WHERE sha256 = ?').run(sha256);
      const existing = findRow(database, 'sha256 = ? AND label = ?', sha256, entry.label);
      if (existing) return { entry: toFeedbackEntry(existing), isNew: false };
      this.#connection.requireSpace(byteLength);
      insertRow(database, 'feedback', toFeedbackRow(entry));
      return { entry: toFeedbackEntry(findRow(database, 'id = ?', entry.id)), isNew: true };
    });
  }

  get(id: string): Promise<FeedbackEntry | undefined> {
    return this.#connection.read(database => {
      const row = findRow(database, 'id = ?', id);
      return row && toFeedbackEntry(row);
    });
  }

  picture(id: string): Promise<StoredPicture | undefined> {
    return this.#connection.read(database => readPicture(database, 'feedback', id));
  }

  delete(id: string): Promise<boolean> {
    return this.#connection.write(
      database => database.prepare('DELETE FROM feedback WHERE id = ?').run(id).changes === 1,
    );
  }

  page(filters: FeedbackFilters, options: PageOptions): Promise<Page<FeedbackEntry>> {
    const table = { name: 'feedback' as const, columns: feedbackColumns, toItem: toFeedbackEntry };
    const condition = toSqlCondition(filters);
    return this.#connection.readInSteps(database => readPage(database, table, condition, options));
  }

  async snapshot(): Promise<FeedbackSnapshot> {
    return new SqliteSnapshot(await this.#connection.snapshot());
  }

  close(): void {
    this.#connection.close();
  }
}

function findRow(
  database: DatabaseSync,
  condition: string,
  ...values: readonly SQLInputValue[]
): Row | undefined {
  const query = `SELECT ${feedbackColumns} FROM feedback WHERE ${condition}`;
  return database.prepare(query).get(...values);
}
