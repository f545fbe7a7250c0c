// Stores corrections in one SQLite file, which several processes may use. Every call is short: it
// reads or writes one row or one page.

import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { FeedbackEntry } from '@digits/protocol';
import type { FeedbackFilters } from '../schemas/feedback.ts';
import { toSqlCondition } from './conditions.ts';
import { DisagreementStore } from './disagreement-store.ts';
import {
  feedbackColumns,
  type NewFeedbackEntry,
  toFeedbackEntry,
  toFeedbackRow,
} from './feedback-entry.ts';
import {
  insertRow,
  type Page,
  type PageOptions,
  readPage,
  readPicture,
  type StoredPicture,
} from './queries.ts';
import type { Row } from './row.ts';
import { Connection, type FeedbackFile } from './sqlite/connection.ts';
import type { LockWaiting } from './sqlite/lock-waiting.ts';

/** Labelling one every ten seconds, a person needs three hours for this many. */
const maxDisagreements = 1000;

/** The fraction of the file that disagreements may take; corrections have precedence. */
const maxDisagreementFraction = 0.1;

/** Every method throws ServiceError where SQLite fails. */
export class FeedbackStore {
  readonly disagreements: DisagreementStore;
  readonly #connection: Connection;

  /** @throws ServiceError, or an error of SQLite where another connection has the lock */
  constructor(file: FeedbackFile, lock?: LockWaiting) {
    this.#connection = new Connection(file, lock);
    this.disagreements = new DisagreementStore(this.#connection, {
      maxCount: maxDisagreements,
      maxBytes: Math.floor(file.maxBytes * maxDisagreementFraction),
    });
  }

  /** Whether the last picture or deletion found no space. */
  get isFull(): boolean {
    return this.#connection.isFull;
  }

  /** Whether the path leads to another file by now. */
  get isReplaced(): boolean {
    return this.#connection.isReplaced;
  }

  /** Stores a correction unless the same picture has the same label already; returns the stored one. */
  add(
    entry: NewFeedbackEntry,
  ): Promise<{ readonly entry: FeedbackEntry; readonly isNew: boolean }> {
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

  /** @returns whether it existed */
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

  /** A connection to the database as it is now; the caller closes it. */
  snapshot(): Promise<DatabaseSync> {
    return this.#connection.snapshot();
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
