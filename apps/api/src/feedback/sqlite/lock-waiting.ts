// Retries work on a locked database without blocking the event loop, as SQLite's own busy timeout
// would.

import { setTimeout } from 'node:timers/promises';
import { isLocked } from './database.ts';

const firstDelayMs = 2;
const maxDelayMs = 50;

/** Another process's write takes milliseconds; what locks longer is maintenance. */
const maxTotalDelayMs = 1000;

/** Each request that waits can hold a picture in memory. */
const maxWaiting = 32;

export class LockWaiting {
  #waiting = 0;

  /**
   * Calls `attempt` until it finds the database unlocked.
   *
   * @throws what `attempt` throws: the error about the lock after a second, or at once where too many
   *   wait already
   */
  async retry<T>(attempt: () => T): Promise<T> {
    try {
      return attempt();
    } catch (error) {
      if (!isLocked(error) || this.#waiting === maxWaiting) throw error;
    }
    this.#waiting++;
    try {
      return await retryWithDelays(attempt);
    } finally {
      this.#waiting--;
    }
  }
}

async function retryWithDelays<T>(attempt: () => T): Promise<T> {
  let totalDelayMs = 0;
  for (let delayMs = firstDelayMs; ; delayMs = Math.min(2 * delayMs, maxDelayMs)) {
    await setTimeout(delayMs);
    totalDelayMs += delayMs;
    try {
      return attempt();
    } catch (error) {
      if (!isLocked(error) || totalDelayMs >= maxTotalDelayMs) throw error;
    }
  }
}
