// The pictures on which champion and shadow disagree, beside the corrections in the same file, until
// somebody says what is on them.

import type { DatabaseSync } from 'node:sqlite';
import type { Disagreement } from '../schemas/disagreement.ts';
import type { FeedbackEntry } from '../schemas/feedback.ts';
import {
  disagreementColumns,
  type NewDisagreement,
  toDisagreement,
  toDisagreementRow,
} from './disagreement.ts';
import { feedbackColumns, toFeedbackEntry } from './feedback-entry.ts';
import { type Page, type PageOptions, readPage } from './page.ts';
import { readPicture, type StoredPicture } from './stored-picture.ts';

/** Runs what it is given on the database, and throws FeedbackError when SQLite fails. */
type Use = <T>(work: (database: DatabaseSync) => T) => T;

/** From what was kept: the picture, the answer of the champion, and the label that it was given. */
const correction = `
  INSERT INTO feedback (id, label, source, predicted, confidence, accepted, reason, model_name,
    model_version, model_sha256, created_at, sha256, content_type, byte_length, preprocessing, seen,
    picture)
  SELECT id, :label, 'disagreement', champion_digit, champion_confidence, champion_accepted,
    champion_reason, champion_name, champion_version, champion_sha256, :now, sha256, content_type,
    byte_length, preprocessing, seen, picture
  FROM disagreements WHERE id = :id
  ON CONFLICT (sha256, label) DO NOTHING RETURNING ${feedbackColumns}`;

/** The oldest ones, until there is room for one more of this many bytes. */
const surplus = `
  DELETE FROM disagreements WHERE sequence IN (
    SELECT sequence FROM (
      SELECT sequence, row_number() OVER newest AS place, sum(byte_length) OVER newest AS bytes
      FROM disagreements WINDOW newest AS (ORDER BY sequence DESC)
    ) WHERE place >= :most OR bytes > :mostBytes
  )`;

export interface DisagreementLimits {
  readonly maxCount: number;
  /** Of all pictures together. */
  readonly maxBytes: number;
}

export class DisagreementStore {
  readonly #use: Use;
  readonly #limits: DisagreementLimits;

  constructor(use: Use, limits: DisagreementLimits) {
    this.#use = use;
    this.#limits = limits;
  }

  /**
   * Keeps a picture unless it is there, or has its label already, or is too large. The oldest go for
   * it where there is no room.
   *
   * @returns whether it was kept
   */
  add(disagreement: NewDisagreement): boolean {
    const { sha256, byteLength } = disagreement.input;
    const { maxCount: most, maxBytes: mostBytes } = this.#limits;
    if (byteLength > mostBytes) return false;
    return this.#inTransaction(database => {
      const known = database.prepare(
        `SELECT 1 FROM disagreements WHERE sha256 = :sha256
         UNION ALL SELECT 1 FROM feedback WHERE sha256 = :sha256`,
      );
      if (known.get({ sha256 })) return false;
      database.prepare(surplus).run({ most, mostBytes: mostBytes - byteLength });
      const row = toDisagreementRow(disagreement);
      const names = Object.keys(row);
      const values = names.map(name => `:${name}`);
      database.prepare(`INSERT INTO disagreements (${names}) VALUES (${values})`).run(row);
      return true;
    });
  }

  get(id: string): Disagreement | null {
    return this.#use(database => {
      const row = database
        .prepare(`SELECT ${disagreementColumns} FROM disagreements WHERE id = ?`)
        .get(id);
      return row ? toDisagreement(row) : null;
    });
  }

  picture(id: string): StoredPicture | null {
    return this.#use(database => readPicture(database, 'disagreements', id));
  }

  page(options: PageOptions): Page<Disagreement> {
    const table = {
      name: 'disagreements',
      columns: disagreementColumns,
      itemOf: toDisagreement,
    };
    return this.#use(database =>
      readPage(database, table, { sql: 'TRUE', parameters: {} }, options),
    );
  }

  /**
   * Makes a correction of a disagreement: it is in one list or in the other, whatever happens.
   *
   * @returns the correction that is there then, or null where there was no such disagreement
   */
  label(id: string, label: number): { entry: FeedbackEntry; isNew: boolean } | null {
    return this.#inTransaction(database => {
      const now = new Date().toISOString();
      const added = database.prepare(correction).get({ id, label, now });
      const there =
        added ??
        database
          .prepare(
            `SELECT ${feedbackColumns} FROM feedback WHERE label = :label
             AND sha256 = (SELECT sha256 FROM disagreements WHERE id = :id)`,
          )
          .get({ id, label });
      if (!there) return null;
      database.prepare('DELETE FROM disagreements WHERE id = ?').run(id);
      return { entry: toFeedbackEntry(there), isNew: added !== undefined };
    });
  }

  /** The picture with this digest has its label. */
  deleteByDigest(sha256: string): void {
    this.#use(database => {
      database.prepare('DELETE FROM disagreements WHERE sha256 = ?').run(sha256);
    });
  }

  /** @returns whether it was there */
  delete(id: string): boolean {
    return this.#use(
      database => database.prepare('DELETE FROM disagreements WHERE id = ?').run(id).changes === 1,
    );
  }

  #inTransaction<T>(work: (database: DatabaseSync) => T): T {
    return this.#use(database => {
      database.exec('BEGIN IMMEDIATE');
      try {
        const result = work(database);
        database.exec('COMMIT');
        return result;
      } catch (error) {
        if (database.isTransaction) database.exec('ROLLBACK');
        throw error;
      }
    });
  }
}
