// Stores corrections in one SQLite file, which several processes may use. Every call is synchronous
// and short: it reads or writes one row or one page.

import type { DatabaseSync } from 'node:sqlite';
import type { FeedbackEntry } from '@digits/protocol';
import type { FeedbackFilters } from '../schemas/feedback.ts';
import { openDatabase, openSnapshot, toServiceError } from './database.ts';
import { DisagreementStore } from './disagreement-store.ts';
import {
  feedbackColumns,
  type NewFeedbackEntry,
  toFeedbackEntry,
  toFeedbackRow,
} from './feedback-entry.ts';
import {
  type Page,
  type PageOptions,
  readPage,
  readPicture,
  type StoredPicture,
  toSqlCondition,
} from './queries.ts';

/** Labelling one every ten seconds, a person needs three hours for this many. */
const maxDisagreements = 1000;

/** The fraction of the file that disagreements may take; corrections have precedence. */
const maxDisagreementFraction = 0.1;

/** Every method throws ServiceError where SQLite fails. */
export class FeedbackStore {
  readonly disagreements: DisagreementStore;
  readonly #file: string;
  readonly #database: DatabaseSync;

  /** @throws ServiceError; see `openDatabase` */
  constructor(file: string, maxBytes: number) {
    this.#file = file;
    this.#database = openDatabase(file, maxBytes);
    this.disagreements = new DisagreementStore(work => this.#use(work), {
      maxCount: maxDisagreements,
      maxBytes: Math.floor(maxBytes * maxDisagreementFraction),
    });
  }

  /** Stores a correction unless the same picture has the same label already; returns the stored one. */
  add(entry: NewFeedbackEntry): { readonly entry: FeedbackEntry; readonly isNew: boolean } {
    return this.#use(database => {
      const row = toFeedbackRow(entry);
      const names = Object.keys(row);
      const added = database
        .prepare(
          `INSERT INTO feedback (${names}) VALUES (${names.map(name => `:${name}`)})
           ON CONFLICT (sha256, label) DO NOTHING RETURNING ${feedbackColumns}`,
        )
        .get(row);
      // It needs no label any more.
      this.disagreements.deleteByDigest(entry.input.sha256);
      const stored =
        added ?? this.#find('sha256 = ? AND label = ?', entry.input.sha256, entry.label);
      // Another process deleted it between the two statements: try again.
      return stored
        ? { entry: toFeedbackEntry(stored), isNew: added !== undefined }
        : this.add(entry);
    });
  }

  get(id: string): FeedbackEntry | undefined {
    return this.#use(() => {
      const row = this.#find('id = ?', id);
      return row ? toFeedbackEntry(row) : undefined;
    });
  }

  picture(id: string): StoredPicture | undefined {
    return this.#use(database => readPicture(database, 'feedback', id));
  }

  /** @returns whether it existed */
  delete(id: string): boolean {
    return this.#use(
      database => database.prepare('DELETE FROM feedback WHERE id = ?').run(id).changes === 1,
    );
  }

  page(filters: FeedbackFilters, options: PageOptions): Page<FeedbackEntry> {
    const table = { name: 'feedback', columns: feedbackColumns, toItem: toFeedbackEntry };
    return this.#use(database => readPage(database, table, toSqlCondition(filters), options));
  }

  /** A connection to the database as it is now; the caller closes it. */
  snapshot(): DatabaseSync {
    return openSnapshot(this.#file);
  }

  close(): void {
    if (this.#database.isOpen) this.#database.close();
  }

  #find(condition: string, ...values: (string | number)[]) {
    return this.#database
      .prepare(`SELECT ${feedbackColumns} FROM feedback WHERE ${condition}`)
      .get(...values);
  }

  #use<T>(work: (database: DatabaseSync) => T): T {
    try {
      return work(this.#database);
    } catch (error) {
      throw toServiceError(error, this.#file);
    }
  }
}
