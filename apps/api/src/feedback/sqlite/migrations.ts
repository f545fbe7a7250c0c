// The database's schema as migration steps. A released step is never changed; a change is another
// step.

import type { DatabaseSync } from 'node:sqlite';
import { ServiceError } from '../../service-error.ts';
import { applicationId } from './file-owner.ts';
import { transact } from './transaction.ts';

/** Step i leads from version i to i + 1. */
const steps = [
  // "sequence" is the order of arrival and never reused. "seen" is the network's input, 28×28 bytes
  // of ink. "picture" is the file as it was sent; it is last, so that listing does not read it.
  `CREATE TABLE feedback (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    label INTEGER NOT NULL CHECK (label BETWEEN 0 AND 9),
    source TEXT NOT NULL,
    predicted INTEGER CHECK (predicted BETWEEN 0 AND 9),
    confidence REAL NOT NULL,
    accepted INTEGER NOT NULL CHECK (accepted IN (0, 1)),
    reason TEXT,
    model_name TEXT NOT NULL,
    model_version TEXT NOT NULL,
    model_sha256 TEXT NOT NULL,
    created_at TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    content_type TEXT NOT NULL,
    byte_length INTEGER NOT NULL,
    preprocessing TEXT NOT NULL,
    seen BLOB NOT NULL CHECK (length(seen) = 784),
    picture BLOB NOT NULL,
    UNIQUE (sha256, label)
  ) STRICT;
  CREATE INDEX feedback_by_label ON feedback (label, predicted);
  CREATE INDEX feedback_by_time ON feedback (created_at);`,
  // Pictures on which a shadow predicts another digit than the champion; labelling one makes it a
  // correction.
  `CREATE TABLE disagreements (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    champion_digit INTEGER NOT NULL CHECK (champion_digit BETWEEN 0 AND 9),
    champion_confidence REAL NOT NULL,
    champion_accepted INTEGER NOT NULL CHECK (champion_accepted IN (0, 1)),
    champion_reason TEXT,
    champion_name TEXT NOT NULL,
    champion_version TEXT NOT NULL,
    champion_sha256 TEXT NOT NULL,
    shadow_digit INTEGER NOT NULL CHECK (shadow_digit BETWEEN 0 AND 9),
    shadow_confidence REAL NOT NULL,
    shadow_accepted INTEGER NOT NULL CHECK (shadow_accepted IN (0, 1)),
    shadow_reason TEXT,
    shadow_name TEXT NOT NULL,
    shadow_version TEXT NOT NULL,
    shadow_sha256 TEXT NOT NULL,
    created_at TEXT NOT NULL,
    sha256 TEXT NOT NULL UNIQUE,
    content_type TEXT NOT NULL,
    byte_length INTEGER NOT NULL,
    preprocessing TEXT NOT NULL,
    seen BLOB NOT NULL CHECK (length(seen) = 784),
    picture BLOB NOT NULL
  ) STRICT;`,
];

/**
 * Migrates a new or old database to the newest version, or leaves it unchanged on failure.
 *
 * @throws ServiceError `feedback-too-new` or `feedback-corrupt`
 */
export function migrate(database: DatabaseSync, file: string): void {
  if (readVersion(database, file) === steps.length) return;
  // Of several processes one migrates, and the others find its version.
  transact(database, () => {
    for (const step of steps.slice(readVersion(database, file))) database.exec(step);
    database.exec(`PRAGMA application_id = ${applicationId}`);
    database.exec(`PRAGMA user_version = ${steps.length}`);
  });
}

/**
 * Accepts a store of the newest version, which is not migrated.
 *
 * @throws ServiceError `feedback-missing`, `feedback-too-old`, or as `readVersion`
 */
export function requireNewest(database: DatabaseSync, file: string): void {
  const version = readVersion(database, file);
  if (version === steps.length) return;
  if (version === 0) throw new ServiceError('feedback-missing', `${file} has no store`);
  const reason = `version ${version}, ${steps.length} is needed: start this service with it once`;
  throw new ServiceError('feedback-too-old', `${file} has ${reason}`);
}

/**
 * The version of this database, 0 for a new one.
 *
 * @throws ServiceError `feedback-too-new` or `feedback-corrupt`
 */
export function readVersion(database: DatabaseSync, file: string): number {
  const version = readInteger(database, 'SELECT user_version FROM pragma_user_version');
  if (version > steps.length) {
    throw new ServiceError(
      'feedback-too-new',
      `${file} has version ${version}, this service supports up to ${steps.length}: ` +
        'start a newer version, or set another DATA_DIR',
    );
  }
  const owner = readInteger(database, 'SELECT application_id FROM pragma_application_id');
  const isEmpty = readInteger(database, 'SELECT count(*) FROM sqlite_schema') === 0;
  if (owner !== applicationId && !(isEmpty && version === 0 && owner === 0)) {
    throw new ServiceError('feedback-corrupt', `${file} is a database of another program`);
  }
  return version;
}

function readInteger(database: DatabaseSync, sql: string): number {
  return Number(Object.values(database.prepare(sql).get()!)[0]);
}
