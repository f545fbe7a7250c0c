// The outbox: corrections on disk until the service has stored them; one that the service will always
// refuse is moved to `refused/`. An entry is sent twice if the app is killed between sending and removing
// it; the service stores a picture with the same bytes once.

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAtomically } from '@digits/files';
import { AppError, isAppError, systemErrorText } from '../app-error.ts';
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
  readonly send: (entry: OutboxEntry) => Promise<{ readonly id: string }>;
}

export type OutboxEvent =
  /** An entry is safely on disk. */
  | { readonly type: 'saved' }
  /** An entry was deleted before it was sent. */
  | { readonly type: 'removed' }
  /** The service has stored the entry of that name, with that id. */
  | { readonly type: 'sent'; readonly name: string; readonly id: string }
  /** The service will always refuse it, or it is invalid; it was moved to `refused/`. */
  | { readonly type: 'refused'; readonly why: string };

/** An entry with the name of its file. */
export interface NamedEntry {
  readonly name: string;
  readonly entry: OutboxEntry;
}

/** More than a person corrects without a service; they are only listed. */
const maxListed = 200;

export interface Outbox {
  /**
   * Settles when the entry is safely on disk.
   * @returns its name. @throws AppError `outbox-not-writable`
   */
  add(entry: OutboxEntry): Promise<string>;
  /**
   * Deletes an entry that is not being sent.
   * @returns false if there is no such entry. @throws AppError `outbox-not-writable`
   */
  remove(name: string): Promise<boolean>;
  /** @returns the pending entries that can be read, newest first, at most 200. @throws AppError */
  list(): Promise<readonly NamedEntry[]>;
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
    let id: string;
    try {
      ({ id } = await send(await readEntry(claimed)));
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
    emit({ type: 'sent', name, id });
    return true;
  }

  async function readEntry(name: string): Promise<OutboxEntry> {
    return parseEntry(await readBounded(join(folder, name), maxEntryBytes));
  }

  async function refuse(claimed: string, name: string): Promise<void> {
    const refused = join(folder, 'refused');
    await makePrivateFolder(refused);
    await moveIfPresent(join(folder, claimed), join(refused, name));
  }

  return {
    async add(entry) {
      const name = entryFileName(entry.drawnAt, crypto.randomUUID());
      try {
        await makePrivateFolder(folder);
        await writeAtomically(join(folder, name), serializeEntry(entry), { mode: 0o600 });
      } catch (cause) {
        const message = `The correction cannot be saved in ${folder}: ${systemErrorText(cause)}.`;
        throw new AppError('outbox-not-writable', message, { cause });
      }
      emit({ type: 'saved' });
      return name;
    },
    async remove(name) {
      // Claimed first, as for sending, so that no other app sends it meanwhile.
      const claimed = join(folder, claimFileName(name));
      try {
        if (!isEntryFileName(name) || !(await moveIfPresent(join(folder, name), claimed))) {
          return false;
        }
        await rm(claimed, { force: true });
      } catch (cause) {
        const message = `The correction cannot be deleted in ${folder}: ${systemErrorText(cause)}.`;
        throw new AppError('outbox-not-writable', message, { cause });
      }
      emit({ type: 'removed' });
      return true;
    },
    async list() {
      const names = (await listNames(folder)).filter(isEntryFileName).sort().reverse();
      const read = names.slice(0, maxListed).map(async name => {
        // Sent or removed meanwhile, or no entry: the next flush moves that to `refused/`.
        const entry = await readEntry(name).catch(() => undefined);
        return entry === undefined ? [] : [{ name, entry }];
      });
      return (await Promise.all(read)).flat();
    },
    flush() {
      isRequested = true;
      flushing ??= flushAll()
        .catch((cause: unknown) => {
          if (isAppError(cause, 'outbox')) throw cause;
          const message = `The corrections in ${folder} cannot be sent: ${systemErrorText(cause)}.`;
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
