// The corrections that people have sent, in one SQLite file that several processes may share. Every
// call is synchronous and short: it reads or writes one row, or one page of them.
import type { DatabaseSync } from 'node:sqlite';
import type { FeedbackEntry, FeedbackFilters } from '../schemas/feedback.ts';
import { openDatabase, openSnapshot } from './database.ts';
import { entryColumns, entryOf, type NewEntry, rowOf } from './entry.ts';
import { toFeedbackError } from './feedback-error.ts';
import { conditionOf } from './filters.ts';

export interface PageOptions {
  readonly filters: FeedbackFilters;
  readonly limit: number;
  readonly order: 'newest' | 'oldest';
  /** `next` of the page before this one. */
  readonly cursor?: string | undefined;
}

export interface Page {
  readonly items: FeedbackEntry[];
  /** How many there are that the filters let through, on all pages. */
  readonly total: number;
  /** Where the next page begins; null on the last one. */
  readonly next: string | null;
}

export interface Picture {
  readonly bytes: Uint8Array;
  readonly contentType: string;
}

/** Every method throws FeedbackError when SQLite fails. */
export class FeedbackStore {
  readonly #file: string;
  readonly #database: DatabaseSync;

  /** @throws FeedbackError; see `openDatabase` */
  constructor(file: string, maxBytes: number) {
    this.#file = file;
    this.#database = openDatabase(file, maxBytes);
  }

  /** Keeps a correction unless the same picture with the same label is there; returns what is. */
  add(entry: NewEntry): { readonly entry: FeedbackEntry; readonly isNew: boolean } {
    return this.#use(database => {
      const row = rowOf(entry);
      const names = Object.keys(row);
      const added = database
        .prepare(
          `INSERT INTO feedback (${names}) VALUES (${names.map(name => `:${name}`)})
           ON CONFLICT (sha256, label) DO NOTHING RETURNING ${entryColumns}`,
        )
        .get(row);
      const kept = added ?? this.#find('sha256 = ? AND label = ?', entry.input.sha256, entry.label);
      // Deleted by another process between the two statements: once more.
      return kept ? { entry: entryOf(kept), isNew: added !== undefined } : this.add(entry);
    });
  }

  get(id: string): FeedbackEntry | null {
    return this.#use(() => {
      const row = this.#find('id = ?', id);
      return row ? entryOf(row) : null;
    });
  }

  picture(id: string): Picture | null {
    return this.#use(database => {
      const row = database
        .prepare('SELECT picture, content_type FROM feedback WHERE id = ?')
        .get(id);
      if (!row) return null;
      return { bytes: row['picture'] as Uint8Array, contentType: row['content_type'] as string };
    });
  }

  /** @returns whether it was there */
  delete(id: string): boolean {
    return this.#use(
      database => database.prepare('DELETE FROM feedback WHERE id = ?').run(id).changes === 1,
    );
  }

  /**
   * A page in the order of arrival, or against it. Whoever follows `next` sees everything that was
   * there from the first page to the last exactly once, whatever comes or goes meanwhile.
   */
  page({ filters, limit, order, cursor }: PageOptions): Page {
    const { sql, parameters } = conditionOf(filters);
    const [comparison, direction] = order === 'newest' ? ['<', 'DESC'] : ['>', 'ASC'];
    const beyond = cursor === undefined ? 'TRUE' : `sequence ${comparison} ${Number(cursor)}`;
    return this.#use(database => {
      const rows = database
        .prepare(
          `SELECT sequence, ${entryColumns} FROM feedback WHERE ${sql} AND ${beyond}
           ORDER BY sequence ${direction} LIMIT ${limit + 1}`,
        )
        .all(parameters);
      const total = database.prepare(`SELECT count(*) AS total FROM feedback WHERE ${sql}`);
      const shown = rows.slice(0, limit);
      return {
        items: shown.map(entryOf),
        total: Number(total.get(parameters)!['total']),
        next: rows.length > limit ? String(shown.at(-1)!['sequence']) : null,
      };
    });
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
      .prepare(`SELECT ${entryColumns} FROM feedback WHERE ${condition}`)
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
