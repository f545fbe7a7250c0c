// Stores the pictures on which champion and shadow disagree in PostgreSQL until they are labelled.

import type { Disagreement } from '../../schemas/disagreement.ts';
import {
  disagreementColumns,
  type NewDisagreement,
  toDisagreement,
  toDisagreementRow,
} from '../disagreement.ts';
import { toFeedbackEntry } from '../feedback-entry.ts';
import { deleteOldest, insertCorrection, insertInto } from '../statements.ts';
import type { DisagreementStore, Page, PageOptions, StoredEntry, StoredPicture } from '../store.ts';
import type { Database } from './database.ts';
import {
  changeUsage,
  deleteRow,
  fits,
  noSpace,
  readEqual,
  readPage,
  readPicture,
  readUsage,
} from './queries.ts';

const table = {
  name: 'digits.disagreements' as const,
  columns: disagreementColumns,
  toItem: toDisagreement,
};

const tables = { feedback: 'digits.feedback', disagreements: table.name };

export interface DisagreementLimits {
  /** Of all pictures, corrections included. */
  readonly maxBytes: number;
  readonly maxCount: number;
  /** Of all pictures of disagreements. */
  readonly maxDisagreementBytes: number;
}

export class PostgresDisagreementStore implements DisagreementStore {
  readonly #database: Database;
  readonly #limits: DisagreementLimits;

  constructor(database: Database, limits: DisagreementLimits) {
    this.#database = database;
    this.#limits = limits;
  }

  async add(disagreement: NewDisagreement): Promise<boolean> {
    const { sha256, byteLength } = disagreement.input;
    const { maxBytes, maxCount, maxDisagreementBytes } = this.#limits;
    if (byteLength > maxDisagreementBytes) return false;
    return changeUsage(this.#database, async session => {
      const existing = await session.query(
        `SELECT FROM digits.disagreements WHERE sha256 = :sha256
         UNION ALL SELECT FROM digits.feedback WHERE sha256 = :sha256`,
        { sha256 },
      );
      if (existing.length > 0) return false;
      const maxOthers = { maxCount, maxBytes: maxDisagreementBytes - byteLength };
      await session.run(deleteOldest(tables), maxOthers);
      const usedBytes = await readUsage(session);
      if (!fits(usedBytes, byteLength, maxBytes)) throw noSpace(usedBytes, maxBytes);
      const row = toDisagreementRow(disagreement);
      await session.run(insertInto(table.name, Object.keys(row)), row);
      return true;
    });
  }

  async get(id: string): Promise<Disagreement | undefined> {
    const sql = `SELECT ${disagreementColumns} FROM digits.disagreements WHERE id = :id`;
    const [row] = await this.#database.query(sql, { id });
    return row && toDisagreement(row);
  }

  picture(id: string): Promise<StoredPicture | undefined> {
    return readPicture(this.#database, table.name, id);
  }

  page(options: PageOptions): Promise<Page<Disagreement>> {
    return readPage(this.#database, table, { sql: 'TRUE', parameters: {} }, options);
  }

  label(id: string, label: number): Promise<StoredEntry | undefined> {
    return changeUsage(this.#database, async session => {
      const [found] = await session.query(
        'SELECT sha256 FROM digits.disagreements WHERE id = :id',
        { id },
      );
      if (!found) return undefined;
      const now = new Date().toISOString();
      const count = await session.run(insertCorrection(tables), { id, label, now });
      await session.run('DELETE FROM digits.disagreements WHERE id = :id', { id });
      const stored = await readEqual(session, { sha256: found['sha256'], label });
      return { entry: toFeedbackEntry(stored), isNew: count === 1 };
    });
  }

  delete(id: string): Promise<boolean> {
    return deleteRow(this.#database, table.name, id);
  }
}
