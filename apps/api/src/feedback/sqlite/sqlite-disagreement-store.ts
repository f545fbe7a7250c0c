// Stores the pictures on which champion and shadow disagree until they are labelled, in the same file
// as the corrections.

import type { Disagreement } from '../../schemas/disagreement.ts';
import {
  disagreementColumns,
  type NewDisagreement,
  toDisagreement,
  toDisagreementRow,
} from '../disagreement.ts';
import { feedbackColumns, toFeedbackEntry } from '../feedback-entry.ts';
import { deleteOldest, insertCorrection } from '../statements.ts';
import type { DisagreementStore, Page, PageOptions, StoredEntry, StoredPicture } from '../store.ts';
import type { Connection } from './connection.ts';
import { insertRow, readPage, readPicture } from './queries.ts';

const tables = { feedback: 'feedback', disagreements: 'disagreements' } as const;

export interface DisagreementLimits {
  readonly maxCount: number;
  /** Of all pictures in total. */
  readonly maxBytes: number;
}

export class SqliteDisagreementStore implements DisagreementStore {
  readonly #connection: Connection;
  readonly #limits: DisagreementLimits;

  constructor(connection: Connection, limits: DisagreementLimits) {
    this.#connection = connection;
    this.#limits = limits;
  }

  async add(disagreement: NewDisagreement): Promise<boolean> {
    const { sha256, byteLength } = disagreement.input;
    const { maxCount, maxBytes } = this.#limits;
    if (byteLength > maxBytes) return false;
    return this.#connection.write(database => {
      const existing = database.prepare(
        `SELECT 1 FROM disagreements WHERE sha256 = :sha256
         UNION ALL SELECT 1 FROM feedback WHERE sha256 = :sha256`,
      );
      if (existing.get({ sha256 })) return false;
      database.prepare(deleteOldest(tables)).run({ maxCount, maxBytes: maxBytes - byteLength });
      this.#connection.requireSpace(byteLength);
      insertRow(database, 'disagreements', toDisagreementRow(disagreement));
      return true;
    });
  }

  get(id: string): Promise<Disagreement | undefined> {
    return this.#connection.read(database => {
      const row = database
        .prepare(`SELECT ${disagreementColumns} FROM disagreements WHERE id = ?`)
        .get(id);
      return row ? toDisagreement(row) : undefined;
    });
  }

  picture(id: string): Promise<StoredPicture | undefined> {
    return this.#connection.read(database => readPicture(database, 'disagreements', id));
  }

  page(options: PageOptions): Promise<Page<Disagreement>> {
    const table = {
      name: 'disagreements' as const,
      columns: disagreementColumns,
      toItem: toDisagreement,
    };
    return this.#connection.readInSteps(database =>
      readPage(database, table, { sql: 'TRUE', parameters: {} }, options),
    );
  }

  label(id: string, label: number): Promise<StoredEntry | undefined> {
    return this.#connection.write(database => {
      const found = database
        .prepare('SELECT sha256, byte_length FROM disagreements WHERE id = ?')
        .get(id);
      if (!found) return undefined;
      this.#connection.requireSpace(Number(found['byte_length']));
      const now = new Date().toISOString();
      const { changes } = database.prepare(insertCorrection(tables)).run({ id, label, now });
      database.prepare('DELETE FROM disagreements WHERE id = ?').run(id);
      const stored = database
        .prepare(`SELECT ${feedbackColumns} FROM feedback WHERE sha256 = ? AND label = ?`)
        .get(found['sha256']!, label);
      return { entry: toFeedbackEntry(stored), isNew: changes === 1 };
    });
  }

  delete(id: string): Promise<boolean> {
    return this.#connection.write(
      database => database.prepare('DELETE FROM disagreements WHERE id = ?').run(id).changes === 1,
    );
  }
}
