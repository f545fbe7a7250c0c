// Opens the SQLite file of corrections. The only module that creates connections.

import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ServiceError, type ServiceErrorCode } from '../service-error.ts';
import { migrate } from './migrations.ts';

/** Waiting blocks the event loop; another process's write takes a millisecond. */
const busyTimeoutMs = 500;

/**
 * WAL: readers do not block writers, and a killed process loses no committed data. FULL: neither
 * does a power failure, because a commit waits for the disk. The log is truncated to 16 MiB after a
 * long export let it grow. Deleted data is overwritten, because handwriting is personal data.
 */
const settings = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA journal_size_limit = 16777216;
  PRAGMA secure_delete = ON;
  PRAGMA trusted_schema = OFF;`;

/**
 * Opens the database in this file, or creates it with its folder.
 *
 * @param maxBytes maximum size of the file
 * @throws ServiceError
 */
export function openDatabase(file: string, maxBytes: number): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    createFolder(file);
    database = new DatabaseSync(file, { timeout: busyTimeoutMs, defensive: true });
    database.exec(settings);
    migrate(database, file);
    limitSize(database, maxBytes);
    return database;
  } catch (error) {
    database?.close();
    throw toServiceError(error, file);
  }
}

/**
 * A read-only snapshot of the database: later writes and deletions are not visible. It must be
 * closed, because the log cannot be truncated while it is open.
 *
 * @throws ServiceError
 */
export function openSnapshot(file: string): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file, { readOnly: true, timeout: busyTimeoutMs });
    // The snapshot begins at the first read of a transaction.
    database.exec('BEGIN; SELECT count(*) FROM sqlite_schema');
    return database;
  } catch (error) {
    database?.close();
    throw toServiceError(error, file);
  }
}

function createFolder(file: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
  } catch (cause) {
    const { message } = cause as Error;
    throw new ServiceError('feedback-inaccessible', `${file}: ${message}`, { cause });
  }
}

/** SQLite enforces this for every process, and reuses the pages of deleted rows. */
function limitSize(database: DatabaseSync, maxBytes: number): void {
  const { page_size: pageBytes } = database.prepare('PRAGMA page_size').get()!;
  database.exec(`PRAGMA max_page_count = ${Math.max(1, Math.floor(maxBytes / Number(pageBytes)))}`);
}

/** The codes for SQLite's primary result codes (https://sqlite.org/rescode.html). */
const sqliteCodes: Partial<Record<number, ServiceErrorCode>> = {
  5: 'feedback-busy', // SQLITE_BUSY
  11: 'feedback-corrupt', // SQLITE_CORRUPT
  13: 'feedback-full', // SQLITE_FULL
  26: 'feedback-corrupt', // SQLITE_NOTADB
};

/** Converts an error of SQLite; other errors are returned unchanged. */
export function toServiceError(error: unknown, file: string): unknown {
  const { errcode } = error as { readonly errcode?: number };
  if (!(error instanceof Error) || errcode === undefined) return error;
  // The lowest byte of an extended code is the primary one.
  const code = sqliteCodes[errcode & 0xff] ?? 'feedback-inaccessible';
  return new ServiceError(code, `${file}: ${error.message}`, { cause: error });
}
