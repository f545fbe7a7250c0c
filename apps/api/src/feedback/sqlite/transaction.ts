// The transaction that every write to the store is part of.

import type { DatabaseSync } from 'node:sqlite';

/**
 * Runs statements in one transaction. When this returns, they are on disk; when it throws, none of
 * them is. Without it they would not be: `StatementSync.get()` ends an `INSERT … RETURNING` after
 * its first row and drops the error of the commit that follows.
 */
export function transact<T>(database: DatabaseSync, work: () => T): T {
  // Locked for writing at once: a lock that is taken later can fail halfway.
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    // Some errors, as of a full disk, have rolled it back already.
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
