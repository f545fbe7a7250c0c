// The outbox: corrections on disk until the service has stored them; one that the service will always
// refuse is moved to `refused/`. An entry is sent twice if the app is killed between sending and removing
// it; the service stores a picture with the same bytes once.

import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAtomically } from '@digits/files';
import { AppError, isAppError, systemErrorCode } from '../app-error.ts';
import {
  claimFileName,
  entryFileName,
  isEntryFileName,
  isPending,
  recoverAbandoned,
} from './claim.ts';
import { maxEntryBytes, type OutboxEntry, parseEntry, serializeEntry } from './entry.ts';
import { listNames, makePrivateFolder, moveIfPresent, readBounded } from './folder.ts';

export interface OutboxOptions {
  readonly folder: string;
  /** Rejects with an AppError; `isFinal` says that the service would always refuse the entry. */
  readonly send: (entry: OutboxEntry) => Promise<unknown>;
}

export type OutboxEvent =
  /** An entry is safely on disk. */
  | { readonly type: 'saved' }
  /** The service has stored one. */
  | { readonly type: 'sent' }
  /** The service will always refuse it, or it is invalid; it was moved to `refused/`. */
  | { readonly type: 'refused'; readonly why: string };

export interface Outbox {
  /** Settles when the entry is safely on disk. @throws AppError `outbox-not-writable` */
  add(entry: OutboxEntry): Promise<void>;
  /**
   * Sends the pending entries, oldest first, until one cannot be sent now. Called while it runs, it
   * also sends entries that were added meanwhile. @throws AppError `outbox-not-readable`
   */
  flush(): Promise<void>;
  /** @returns the number of pending entries, those of other apps included. @throws AppError */
  pending(): Promise<number>;
  /** @returns a function that ends the subscription */
  onChange(listener: (event: OutboxEvent) => void): () => void;
}

export function createOutbox({ folder, send }: OutboxOptions): Outbox {
  const listeners = new Set<(event: OutboxEvent) => void>();
  let flushing: Promise<void> | undefined;
  let isRequested = false;

  function emit(event: OutboxEvent): void {
    for (const listener of listeners) listener(event);
  }

  async function flushAll(): Promise<void> {
    while (isRequested) {
      isRequested = false;
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
      emit({ type: 'refused', why: error.message });
      return true;
    }
    await rm(join(folder, claimed), { force: true });
    emit({ type: 'sent' });
    return true;
  }

  async function refuse(claimed: string, name: string): Promise<void> {
    const refused = join(folder, 'refused');
    await makePrivateFolder(refused);
    await moveIfPresent(join(folder, claimed), join(refused, name));
  }

  return {
    async add(entry) {
      try {
        await makePrivateFolder(folder);
        const name = entryFileName(entry.drawnAt, randomUUID());
        await writeAtomically(join(folder, name), serializeEntry(entry), { mode: 0o600 });
      } catch (cause) {
        const message = `The correction cannot be saved in ${folder}: ${systemErrorCode(cause)}.`;
        throw new AppError('outbox-not-writable', message, { cause });
      }
      emit({ type: 'saved' });
    },
    flush() {
      isRequested = true;
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
