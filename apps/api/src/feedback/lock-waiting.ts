// Retries work on a locked database without blocking the event loop, as SQLite's own busy timeout
// would.

import { setTimeout } from 'node:timers/promises';
import { isLocked } from './database.ts';

const firstDelayMs = 2;
const maxDelayMs = 50;

/** Another process's write takes milliseconds; what locks longer is maintenance. */
const maxTotalDelayMs = 1000;

/**
 * Calls `attempt` until it finds the database unlocked.
 *
 * @throws what `attempt` throws; after a second also the error about the lock
 */
export async function retryWhileLocked<T>(attempt: () => T): Promise<T> {
  let totalDelayMs = 0;
  for (let delayMs = firstDelayMs; ; delayMs = Math.min(2 * delayMs, maxDelayMs)) {
    try {
      return attempt();
    } catch (error) {
      if (!isLocked(error) || totalDelayMs >= maxTotalDelayMs) throw error;
    }
    await setTimeout(delayMs);
    totalDelayMs += delayMs;
  }
}
