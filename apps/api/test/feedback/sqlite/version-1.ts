// A database of the first version of the service, with one correction.

import { DatabaseSync } from 'node:sqlite';

const firstTables = `
  CREATE TABLE feedback (
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
  CREATE INDEX feedback_by_time ON feedback (created_at);
  PRAGMA application_id = ${0x64696769};
  PRAGMA user_version = 1;`;

/** @param filler size of a second picture that fills the file */
export function writeVersion1(file: string, filler = 0): void {
  const database = new DatabaseSync(file);
  database.exec('PRAGMA journal_mode = WAL');
  database.exec(firstTables);
  const insert = database.prepare(`
    INSERT INTO feedback VALUES (NULL, ?, 4, 'practice', 9, 0.7, 1, NULL, 'digits', 'old-1', ?,
      '2026-03-14T15:09:26.535Z', ?, 'image/png', 5, 'mnist-fit/1', zeroblob(784), ?)`);
  insert.run('kept', 'a'.repeat(64), 'b'.repeat(64), Buffer.from('bytes'));
  if (filler > 0) insert.run('filler', 'a'.repeat(64), 'c'.repeat(64), Buffer.alloc(filler));
  database.close();
}

export function versionOf(file: string): number {
  const database = new DatabaseSync(file);
  const { user_version: version } = database.prepare('PRAGMA user_version').get()!;
  database.close();
  return Number(version);
}
