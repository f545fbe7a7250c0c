// The corrections that people have sent, in one SQLite file that several processes may share. Every
// call is synchronous and short: it reads or writes one row, or one page of them.

import type { DatabaseSync } from 'node:sqlite';
import type { FeedbackEntry, FeedbackFilters } from '../schemas/feedback.ts';
import { openDatabase, openSnapshot } from './database.ts';
import { DisagreementStore } from './disagreement-store.ts';
import {
  feedbackColumns,
  type NewFeedbackEntry,
  toFeedbackEntry,
  toFeedbackRow,
} from './feedback-entry.ts';
import { toFeedbackError } from './feedback-error.ts';
import { type Page, type PageOptions, readPage } from './page.ts';
import { toSqlCondition } from './queries.ts';
import { readPicture, type StoredPicture } from './stored-picture.ts';

/** A person who labels one every ten seconds is busy with so many for three hours. */
const maxDisagreements = 1000;

/** Of the room there is, pictures that nobody asked to keep take a tenth at most. */
const maxDisagreementFraction = 0.1;

/** Every method throws FeedbackError when SQLite fails. */
export class FeedbackStore {
  readonly disagreements: DisagreementStore;
  readonly #file: string;
  readonly #database: DatabaseSync;

  /** @throws FeedbackError; see `openDatabase` */
  constructor(file: string, maxBytes: number) {
    this.#file = file;
    this.#database = openDatabase(file, maxBytes);
    this.disagreements = new DisagreementStore(work => this.#use(work), {
      maxCount: maxDisagreements,
      maxBytes: Math.floor(maxBytes * maxDisagreementFraction),
    });
  }

  /** Keeps a correction unless the same picture with the same label is there; returns what is. */
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
      // Nobody need be asked any more what is on it.
      this.disagreements.deleteByDigest(entry.input.sha256);
      const kept = added ?? this.#find('sha256 = ? AND label = ?', entry.input.sha256, entry.label);
      // Deleted by another process between the two statements: once more.
      return kept ? { entry: toFeedbackEntry(kept), isNew: added !== undefined } : this.add(entry);
    });
  }

  get(id: string): FeedbackEntry | null {
    return this.#use(() => {
      const row = this.#find('id = ?', id);
      return row ? toFeedbackEntry(row) : null;
    });
  }

  picture(id: string): StoredPicture | null {
    return this.#use(database => readPicture(database, 'feedback', id));
  }

  /** @returns whether it was there */
  delete(id: string): boolean {
    return this.#use(
      database => database.prepare('DELETE FROM feedback WHERE id = ?').run(id).changes === 1,
    );
  }

  page(filters: FeedbackFilters, options: PageOptions): Page<FeedbackEntry> {
    const table = { name: 'feedback', columns: feedbackColumns, itemOf: toFeedbackEntry };
    return this.#use(database => readPage(database, table, toSqlCondition(filters), options));
  }

  /** A connection of its own that sees what is there now; whoever asks for it closes it. */
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
      throw toFeedbackError(error, this.#file);
    }
  }
}
