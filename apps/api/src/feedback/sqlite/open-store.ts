// Opens the store in a SQLite file.

import type { StoreOpener } from '../store.ts';
import type { FeedbackFile } from './connection.ts';
import { toServiceError } from './database.ts';
import { LockWaiting } from './lock-waiting.ts';
import { SqliteFeedbackStore } from './sqlite-feedback-store.ts';

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
    close() {},
  };
}
