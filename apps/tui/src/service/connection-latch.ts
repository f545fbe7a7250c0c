// Where questions wait until there is a service.

import { AppError } from '../app-error.ts';

export interface ConnectionLatch<T> {
  /** Lets everybody in who waits or comes, until it is shut. */
  open(value: T): void;
  /** From now on whoever comes waits. */
  reset(): void;
  /** Sends everybody away for ever. */
  close(): void;
  /** @throws AppError service-cancelled when the signal comes first, or the room is closed */
  wait(signal: AbortSignal): Promise<T>;
}

export function createConnectionLatch<T>(): ConnectionLatch<T> {
  let door = newDoor<T>();
  return {
    open: value => door.resolve(value),
    reset() {
      door = newDoor();
    },
    close() {
      door.reject(cancelled());
      door = newDoor();
      door.reject(cancelled());
    },
    async wait(signal) {
      if (signal.aborted) throw cancelled();
      const { promise: gaveUp, reject } = Promise.withResolvers<never>();
      const giveUp = () => reject(cancelled());
      signal.addEventListener('abort', giveUp);
      try {
        return await Promise.race([door.promise, gaveUp]);
      } finally {
        signal.removeEventListener('abort', giveUp);
      }
    },
  };
}

/** That nobody waits at a door is no mistake. */
function newDoor<T>(): PromiseWithResolvers<T> {
  const door = Promise.withResolvers<T>();
  door.promise.catch(() => {});
  return door;
}

function cancelled(): AppError {
  return new AppError('service-cancelled', 'No longer asked.');
}
