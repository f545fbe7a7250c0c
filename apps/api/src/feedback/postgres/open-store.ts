// Opens the store in a PostgreSQL database.

import { ServiceError } from '../../service-error.ts';
import type { StoreOpener } from '../store.ts';
import { Database, type DatabaseOptions } from './database.ts';
import { migrate, requireNewest } from './migrations.ts';
import { PostgresFeedbackStore } from './postgres-feedback-store.ts';
import { PostgresSnapshot } from './snapshot.ts';

export interface PostgresStoreOptions extends DatabaseOptions {
  /** Of all replicas together. */
  readonly maxBytes: number;
}

/** The configuration of the service, as far as a store needs it. */
interface StoreConfig {
  readonly feedbackPoolSize: number;
  readonly feedbackTimeoutMs: number;
  readonly maxFeedbackBytes: number;
}

/** @param url of the database, which the configuration names */
export function configuredPostgresStore(
  url: URL,
  config: StoreConfig,
  onSlowQuery: DatabaseOptions['onSlowQuery'],
): StoreOpener {
  const { feedbackPoolSize: poolSize, feedbackTimeoutMs: timeoutMs } = config;
  const { maxFeedbackBytes: maxBytes } = config;
  return postgresStore({ url, poolSize, timeoutMs, maxBytes, onSlowQuery });
}

export function postgresStore({ maxBytes, ...options }: PostgresStoreOptions): StoreOpener {
  const database = new Database(options);
  return {
    type: 'postgres',
    async open() {
      try {
        await migrate(database);
      } catch (error) {
        if (error instanceof ServiceError) throw error;
        const reason = `${database.place} cannot be set up: ${(error as Error).message}`;
        throw new ServiceError('feedback-corrupt', reason, { cause: error });
      }
      return new PostgresFeedbackStore(database, maxBytes);
    },
    async read() {
      const session = await database.snapshot();
      try {
        await requireNewest(session, database.place);
        return new PostgresSnapshot(session);
      } catch (error) {
        session.end();
        throw error;
      }
    },
    close: () => database.close(),
  };
}
