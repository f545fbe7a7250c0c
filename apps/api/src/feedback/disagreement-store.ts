// Stores the pictures on which champion and shadow disagree until they are labelled, in the same file
// as the corrections.

import type { DatabaseSync } from 'node:sqlite';
import type { FeedbackEntry } from '@digits/protocol';
import type { Disagreement } from '../schemas/disagreement.ts';
import {
  disagreementColumns,
  type NewDisagreement,
  toDisagreement,
  toDisagreementRow,
} from './disagreement.ts';
import { feedbackColumns, toFeedbackEntry } from './feedback-entry.ts';
import {
  type Page,
  type PageOptions,
  readPage,
  readPicture,
  type StoredPicture,
} from './queries.ts';

/** Runs a function on the database; throws ServiceError where SQLite fails. */
type Use = <T>(work: (database: DatabaseSync) => T) => T;

/** Copies a disagreement to the corrections: its picture and the champion's answer, with the label. */
const insertCorrection = `
  INSERT INTO feedback (id, label, source, predicted, confidence, accepted, reason, model_name,
    model_version, model_sha256, created_at, sha256, content_type, byte_length, preprocessing, seen,
    picture)
  SELECT id, :label, 'disagreement', champion_digit, champion_confidence, champion_accepted,
    champion_reason, champion_name, champion_version, champion_sha256, :now, sha256, content_type,
    byte_length, preprocessing, seen, picture
  FROM disagreements WHERE id = :id
  ON CONFLICT (sha256, label) DO NOTHING RETURNING ${feedbackColumns}`;

/** Deletes the oldest ones until one more with this many bytes fits. */
const deleteOldest = `
  DELETE FROM disagreements WHERE sequence IN (
    SELECT sequence FROM (
      SELECT sequence, row_number() OVER newest AS place, sum(byte_length) OVER newest AS bytes
      FROM disagreements WINDOW newest AS (ORDER BY sequence DESC)
    ) WHERE place >= :maxCount OR bytes > :maxBytes
  )`;

export interface DisagreementLimits {
  readonly maxCount: number;
  /** Of all pictures in total. */
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
   * Stores a picture unless it is stored or labelled already, or is too large. The oldest ones are
   * deleted where there is no space.
   *
   * @returns whether it was stored
   */
  add(disagreement: NewDisagreement): boolean {
    const { sha256, byteLength } = disagreement.input;
    const { maxCount, maxBytes } = this.#limits;
    if (byteLength > maxBytes) return false;
    return this.#inTransaction(database => {
      const existing = database.prepare(
        `SELECT 1 FROM disagreements WHERE sha256 = :sha256
         UNION ALL SELECT 1 FROM feedback WHERE sha256 = :sha256`,
      );
      if (existing.get({ sha256 })) return false;
      database.prepare(deleteOldest).run({ maxCount, maxBytes: maxBytes - byteLength });
      const row = toDisagreementRow(disagreement);
      const names = Object.keys(row);
      const values = names.map(name => `:${name}`);
      database.prepare(`INSERT INTO disagreements (${names}) VALUES (${values})`).run(row);
      return true;
    });
  }

  get(id: string): Disagreement | undefined {
    return this.#use(database => {
      const row = database
        .prepare(`SELECT ${disagreementColumns} FROM disagreements WHERE id = ?`)
        .get(id);
      return row ? toDisagreement(row) : undefined;
    });
  }

  picture(id: string): StoredPicture | undefined {
    return this.#use(database => readPicture(database, 'disagreements', id));
  }

  page(options: PageOptions): Page<Disagreement> {
    const table = {
      name: 'disagreements',
      columns: disagreementColumns,
      toItem: toDisagreement,
    };
    return this.#use(database =>
      readPage(database, table, { sql: 'TRUE', parameters: {} }, options),
    );
  }

  /**
   * Turns a disagreement into a correction, in one transaction.
   *
   * @returns the correction, new or equal to it; undefined where there is no such disagreement
   */
  label(id: string, label: number): { entry: FeedbackEntry; isNew: boolean } | undefined {
    return this.#inTransaction(database => {
      const now = new Date().toISOString();
      const added = database.prepare(insertCorrection).get({ id, label, now });
      const stored =
        added ??
        database
          .prepare(
            `SELECT ${feedbackColumns} FROM feedback WHERE label = :label
             AND sha256 = (SELECT sha256 FROM disagreements WHERE id = :id)`,
          )
          .get({ id, label });
      if (!stored) return undefined;
      database.prepare('DELETE FROM disagreements WHERE id = ?').run(id);
      return { entry: toFeedbackEntry(stored), isNew: added !== undefined };
    });
  }

  /** Removes the picture with this digest, because it has been labelled. */
  deleteByDigest(sha256: string): void {
    this.#use(database => {
      database.prepare('DELETE FROM disagreements WHERE sha256 = ?').run(sha256);
    });
  }

  /** @returns whether it existed */
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
