// Opens the store in a SQLite file.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ServiceError } from '../../service-error.ts';
import type { FeedbackSnapshot, StoreOpener } from '../store.ts';
import type { FeedbackFile } from './connection.ts';
import { openSnapshot, toServiceError } from './database.ts';
import { requireOwnFile } from './file-owner.ts';
import { LockWaiting } from './lock-waiting.ts';
import { requireNewest } from './migrations.ts';
import { SqliteSnapshot } from './selection.ts';
import { SqliteFeedbackStore } from './sqlite-feedback-store.ts';

/** The file of a service's store in its DATA_DIR. */
export function feedbackFileIn(dataDir: string): string {
  return join(dataDir, 'feedback.sqlite');
}

export function sqliteStore(file: FeedbackFile): StoreOpener {
  const lock = new LockWaiting();
  return {
    type: 'sqlite',
    async open() {
      try {
        return await lock.retry(() => new SqliteFeedbackStore(file, lock));
      } catch (error) {
        throw toServiceError(error, file.file);
      }
    },
    read: () => readStore(file.file, lock),
    close() {},
  };
}

async function readStore(file: string, lock: LockWaiting): Promise<FeedbackSnapshot> {
  try {
    if (!existsSync(file)) throw new ServiceError('feedback-missing', `${file} does not exist`);
    requireOwnFile(file);
    const database = await lock.retry(() => openSnapshot(file));
    try {
      requireNewest(database, file);
      return new SqliteSnapshot(database);
    } catch (error) {
      database.close();
      throw error;
    }
  } catch (error) {
    if (error instanceof ServiceError) throw error;
    const converted = toServiceError(error, file);
    if (converted instanceof ServiceError) throw converted;
    const reason = `${file}: ${(error as Error).message}`;
    throw new ServiceError('feedback-inaccessible', reason, { cause: error });
  }
}
