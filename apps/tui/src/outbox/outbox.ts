// Corrections on their way to the service: each is on disk before anybody calls it saved, and stays
// there until the service has it. One that the service refuses for good is moved to `refused/`.
// A letter may be sent twice if an app is killed between sending and removing it; the service knows
// the picture by its bytes and stores it once.

import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError, isAppError, systemErrorCode } from '../app-error.ts';
import {
  claimFileName,
  entryFileName,
  isEntryFileName,
  isPending,
  recoverAbandoned,
} from './claim.ts';
import { writeDurably } from './durable-file.ts';
import { maxEntryBytes, type OutboxEntry, parseEntry, serializeEntry } from './entry.ts';
import { listNames, makePrivateFolder, moveIfPresent, readBounded } from './folder.ts';

export interface OutboxOptions {
  readonly folder: string;
  /** Rejects with an error whose `isFinal` is true for what will be refused for ever. */
  readonly send: (letter: OutboxEntry) => Promise<unknown>;
}

export type OutboxEvent =
  /** A correction is safely on disk. */
  | { readonly type: 'kept' }
  /** The service has one. */
  | { readonly type: 'sent' }
  /** The service will never take it, or it is no correction; it lies in `refused/`. */
  | { readonly type: 'refused'; readonly why: string };

export interface Outbox {
  /** Settles when the correction is safely on disk. @throws AppError outbox-not-writable */
  add(letter: OutboxEntry): Promise<void>;
  /**
   * Sends what waits, oldest first, and stops at the first that cannot be sent now. Called while it
   * runs it goes on for what has come in between. @throws AppError outbox-not-readable
   */
  flush(): Promise<void>;
  /** How many wait, those of other apps included. @throws AppError outbox-not-readable */
  pending(): Promise<number>;
  /** @returns what ends the subscription */
  onChange(listener: (event: OutboxEvent) => void): () => void;
}

export function createOutbox({ folder, send }: OutboxOptions): Outbox {
  const listeners = new Set<(event: OutboxEvent) => void>();
  let flushing: Promise<void> | undefined;
  let isWanted = false;

  function tell(event: OutboxEvent): void {
    for (const listener of listeners) listener(event);
  }

  async function flushAll(): Promise<void> {
    while (isWanted) {
      isWanted = false;
      await recoverAbandoned(folder);
      for (const name of (await listNames(folder)).filter(isEntryFileName).sort()) {
        if (!(await deliver(name))) break;
      }
    }
  }

  /** @returns false if it could not be sent now */
  async function deliver(name: string): Promise<boolean> {
    const claimed = claimFileName(name);
    if (!(await moveIfPresent(join(folder, name), join(folder, claimed)))) return true;
    try {
      await send(parseEntry(await readBounded(join(folder, claimed), maxEntryBytes)));
    } catch (error) {
      if (!isPermanent(error)) {
        await moveIfPresent(join(folder, claimed), join(folder, name));
        return false;
      }
      await refuse(claimed, name);
      tell({ type: 'refused', why: error.message });
      return true;
    }
    await rm(join(folder, claimed), { force: true });
    tell({ type: 'sent' });
    return true;
  }

  async function refuse(claimed: string, name: string): Promise<void> {
    const refused = join(folder, 'refused');
    await makePrivateFolder(refused);
    await moveIfPresent(join(folder, claimed), join(refused, name));
  }

  return {
    async add(letter) {
      try {
        await makePrivateFolder(folder);
        const name = entryFileName(letter.drawnAt, randomUUID());
        await writeDurably(join(folder, name), serializeEntry(letter));
      } catch (cause) {
        const message = `The correction cannot be kept in ${folder}: ${systemErrorCode(cause)}.`;
        throw new AppError('outbox-not-writable', message, { cause });
      }
      tell({ type: 'kept' });
    },
    flush() {
      isWanted = true;
      flushing ??= flushAll()
        .catch((cause: unknown) => {
          if (isAppError(cause, 'outbox')) throw cause;
          const message = `The corrections in ${folder} cannot be sent: ${systemErrorCode(cause)}.`;
          throw new AppError('outbox-not-readable', message, { cause });
        })
        .finally(() => {
          flushing = undefined;
        });
      return flushing;
    },
    async pending() {
      return (await listNames(folder)).filter(isPending).length;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function isPermanent(error: unknown): error is AppError {
  return error instanceof AppError && (error.isFinal || error.code === 'outbox-entry-invalid');
}
