// Opens the SQLite file of corrections. The only module that creates connections to it.

import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { makeFolderSync } from '@digits/files';
import { ServiceError, type ServiceErrorCode } from '../../service-error.ts';
import { disagreementColumns } from '../disagreement.ts';
import { feedbackColumns } from '../feedback-entry.ts';
import { applicationId, requireOwnFile } from './file-owner.ts';
import { migrate, readVersion } from './migrations.ts';

/** SQLite would block the event loop while it waits for a lock; `LockWaiting` waits instead. */
const timeout = 0;

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
 * Opens the database in this file, or creates it with its folder. A file of another program or of a
 * newer version stays as it is.
 *
 * @param maxBytes maximum size of the file
 * @throws ServiceError, or an error of SQLite where another connection has the lock
 */
export function openDatabase(file: string, maxBytes: number): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    makeFolderSync(dirname(file));
    requireOwnFile(file);
    database = new DatabaseSync(file, { timeout, defensive: true });
    // Before the log exists, so that the file itself names its owner from the start.
    if (readVersion(database, file) === 0) {
      database.exec(`PRAGMA application_id = ${applicationId}`);
    }
    database.exec(settings);
    migrate(database, file);
    checkSchema(database);
    limitSize(database, maxBytes);
    return database;
  } catch (error) {
    database?.close();
    if (error instanceof ServiceError || isLocked(error)) throw error;
    const { message } = error as Error;
    const code = codeOf(error) ?? 'feedback-inaccessible';
    throw new ServiceError(code, `${file}: ${message}`, { cause: error });
  }
}

/**
 * A read-only snapshot of the database: later writes and deletions are not visible. It must be
 * closed, because the log cannot be truncated while it is open.
 *
 * @throws an error of SQLite
 */
export function openSnapshot(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { readOnly: true, timeout });
  try {
    // The snapshot begins at the first read of a transaction.
    database.exec('BEGIN; SELECT count(*) FROM sqlite_schema');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Finds a damaged schema here rather than in a later statement. */
function checkSchema(database: DatabaseSync): void {
  const pictureColumns = 'sequence, preprocessing, seen, picture';
  database.prepare(`SELECT ${feedbackColumns}, ${pictureColumns} FROM feedback`);
  database.prepare(`SELECT ${disagreementColumns}, ${pictureColumns} FROM disagreements`);
}

/** SQLite enforces this for every process, and reuses the pages of deleted rows. */
function limitSize(database: DatabaseSync, maxBytes: number): void {
  const { page_size: pageBytes } = database.prepare('PRAGMA page_size').get()!;
  database.exec(`PRAGMA max_page_count = ${Math.max(1, Math.floor(maxBytes / Number(pageBytes)))}`);
}

/** The codes for SQLite's result codes (https://sqlite.org/rescode.html), primary or extended. */
const sqliteCodes: Partial<Record<number, ServiceErrorCode>> = {
  1: 'feedback-corrupt', // SQLITE_ERROR of the schema, when it is opened
  5: 'feedback-busy', // SQLITE_BUSY
  11: 'feedback-corrupt', // SQLITE_CORRUPT
  13: 'feedback-full', // SQLITE_FULL
  26: 'feedback-corrupt', // SQLITE_NOTADB
  4874: 'feedback-full', // SQLITE_IOERR_SHMSIZE: no space for the index of the log
};

/** Errors that only a bug in a statement or its values causes: SQLITE_ERROR, …_CONSTRAINT and so on. */
const bugCodes: readonly number[] = [1, 19, 20, 21, 25];

function codeOf(error: unknown): ServiceErrorCode | undefined {
  const { errcode } = error as { readonly errcode?: number };
  // The lowest byte of an extended code is the primary one.
  return errcode === undefined ? undefined : (sqliteCodes[errcode] ?? sqliteCodes[errcode & 0xff]);
}

/** Whether another connection has the lock. */
export function isLocked(error: unknown): boolean {
  return codeOf(error) === 'feedback-busy';
}

/** Whether there is no space, in the file or on the disk. */
export function isFull(error: unknown): boolean {
  const code = error instanceof ServiceError ? error.code : codeOf(error);
  return code === 'feedback-full';
}

/** Converts an error of SQLite or of the file system; bugs and other errors are returned unchanged. */
export function toServiceError(error: unknown, file: string): unknown {
  if (!(error instanceof Error) || !('errcode' in error || 'syscall' in error)) return error;
  const { errcode = 0 } = error as { readonly errcode?: number };
  if (bugCodes.includes(errcode & 0xff)) return error;
  const code = codeOf(error) ?? 'feedback-inaccessible';
  return new ServiceError(code, `${file}: ${error.message}`, { cause: error });
}
