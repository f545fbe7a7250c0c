// Opens the file that the corrections are kept in. The only module that makes connections.

import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { FeedbackError, toFeedbackError } from './feedback-error.ts';
import { migrate } from './migrations.ts';

/** A waiting SQLite holds up the whole process, and another one's write takes a millisecond. */
const busyTimeoutMs = 500;

/**
 * WAL: a reader holds nobody up, and a process that is killed loses nothing that was committed.
 * FULL: nor does a machine that loses power; a commit waits for the disk. The log is cut back to
 * 16 MiB when a long export has let it grow. What is deleted is overwritten: it is a person's hand.
 */
const settings = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA journal_size_limit = 16777216;
  PRAGMA secure_delete = ON;
  PRAGMA trusted_schema = OFF;`;

/**
 * The database in this file, which is made, with its folder, where it is missing.
 *
 * @param maxBytes what the file may grow to
 * @throws FeedbackError
 */
export function openDatabase(file: string, maxBytes: number): DatabaseSync {
  let database: DatabaseSync | null = null;
  try {
    makeFolder(file);
    database = new DatabaseSync(file, { timeout: busyTimeoutMs, defensive: true });
    database.exec(settings);
    migrate(database, file);
    limitSize(database, maxBytes);
    return database;
  } catch (error) {
    database?.close();
    throw toFeedbackError(error, file);
  }
}

/**
 * The database as it is now, to be read at leisure: what others write or delete from now on does not
 * show. As long as it is open the log cannot be cut back, so it must be closed.
 *
 * @throws FeedbackError
 */
export function openSnapshot(file: string): DatabaseSync {
  let database: DatabaseSync | null = null;
  try {
    database = new DatabaseSync(file, { readOnly: true, timeout: busyTimeoutMs });
    // A transaction begins with what it reads first.
    database.exec('BEGIN; SELECT count(*) FROM sqlite_schema');
    return database;
  } catch (error) {
    database?.close();
    throw toFeedbackError(error, file);
  }
}

function makeFolder(file: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
  } catch (cause) {
    const { message } = cause as Error;
    throw new FeedbackError('feedback-inaccessible', `${file}: ${message}`, { cause });
  }
}

/** SQLite keeps to it, whichever process writes; pages of deleted rows are used again. */
function limitSize(database: DatabaseSync, maxBytes: number): void {
  const { page_size: pageBytes } = database.prepare('PRAGMA page_size').get()!;
  database.exec(`PRAGMA max_page_count = ${Math.max(1, Math.floor(maxBytes / Number(pageBytes)))}`);
}
