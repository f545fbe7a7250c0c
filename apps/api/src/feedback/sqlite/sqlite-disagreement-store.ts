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
import type { DisagreementStore, Page, PageOptions, StoredEntry, StoredPicture } from '../store.ts';
import type { Connection } from './connection.ts';
import { insertRow, readPage, readPicture } from './queries.ts';

/** Copies a disagreement to the corrections: its picture and the champion's answer, with the label. */
const insertCorrection = `
  INSERT INTO feedback (id, label, source, predicted, confidence, accepted, reason, model_name,
    model_version, model_sha256, created_at, sha256, content_type, byte_length, preprocessing, seen,
    picture)
  SELECT id, :label, 'disagreement', champion_digit, champion_confidence, champion_accepted,
    champion_reason, champion_name, champion_version, champion_sha256, :now, sha256, content_type,
    byte_length, preprocessing, seen, picture
  FROM disagreements WHERE id = :id
  ON CONFLICT (sha256, label) DO NOTHING`;

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
      database.prepare(deleteOldest).run({ maxCount, maxBytes: maxBytes - byteLength });
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
      const { changes } = database.prepare(insertCorrection).run({ id, label, now });
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
