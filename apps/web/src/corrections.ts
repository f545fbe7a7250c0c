// Drawings with the digit that the user gives them. They wait in the browser's storage until the service has
// stored them, so that none is lost while it is away.

import { isBlank } from '@digits/canvas';
import { aDigit, feedbackPath } from '@digits/client';
import { parsed, type Service, ServiceError, storageOf } from './service.ts';
import { fileOf, rasterOf, type State } from './state.ts';
import type { Store } from './store.ts';

interface Submission {
  /** The bytes of a picture, in base64. */
  readonly image: string;
  readonly label: number;
  readonly source: 'correction' | 'practice';
}

export interface Corrections {
  /** Keeps the current drawing with its digit; sends it now, or once there is a service. */
  save(label: number, source: Submission['source']): Promise<void>;
  /** Takes the last correction of this session back, whether it was sent or not. */
  undo(): Promise<void>;
  /** Sends what waits, one after the other, and learns how many the service keeps. */
  flush(): Promise<void>;
}

/** Each has a name of its own, so that the tabs of a browser do not overwrite each other's. */
const namePrefix = 'digits-correction-';

export function createCorrections(store: Store<State>, service: Service): Corrections {
  const storage = storageOf('localStorage');
  const waiting = new Map(storedIn(storage));
  /** The names of the corrections of this session, and the service's ids of those that were sent. */
  let own: readonly string[] = [];
  const ids = new Map<string, string>();
  let sending: Promise<void> = Promise.resolve();

  const notify = (text: string, isBad = false) => store.set({ notice: { text, isBad } });

  function count(changes: Partial<State['corrections']> = {}): void {
    const { corrections } = store.get();
    const counts = { saved: own.length, waiting: waiting.size };
    store.set({ corrections: { ...corrections, ...counts, ...changes } });
  }

  function add(name: string, submission: Submission): void {
    waiting.set(name, submission);
    try {
      storage?.setItem(name, JSON.stringify(submission));
    } catch {
      notify('The storage of the browser is full: keep this tab open until it is sent.', true);
    }
  }

  function remove(name: string): void {
    waiting.delete(name);
    storage?.removeItem(name);
  }

  async function sendAll(): Promise<void> {
    for (const [name, submission] of waiting) {
      try {
        ids.set(name, await send(submission));
      } catch (error) {
        if (!(error instanceof ServiceError && error.code === 'refused')) throw error;
        own = own.filter(other => other !== name);
        notify(`Not kept: ${error.message}`, true);
      }
      remove(name);
      count();
    }
    const page = await service.send('/feedback?limit=1');
    count({ kept: (page as { readonly total: number }).total });
  }

  async function send({ image, label, source }: Submission): Promise<string> {
    const bytes = Uint8Array.from(atob(image), character => character.charCodeAt(0));
    const path = `/feedback?label=${label}&source=${source}`;
    const entry = await service.send(path, { method: 'POST', body: new Blob([bytes]) });
    return (entry as { readonly id: string }).id;
  }

  function flush(): Promise<void> {
    sending = sending.then(sendAll).catch(error => {
      if (!(error instanceof ServiceError)) throw error;
      if (error.code === 'failed') notify(`Not sent yet: ${error.message}`, true);
    });
    return sending;
  }

  async function takeBack(name: string): Promise<void> {
    await sending;
    if (waiting.has(name)) return remove(name);
    const id = ids.get(name);
    // The same picture with the same label is stored once: an earlier correction keeps it.
    const isShared = own.some(other => other !== name && ids.get(other) === id);
    if (id !== undefined && !isShared) await service.send(feedbackPath(id), { method: 'DELETE' });
  }

  return {
    flush,
    async save(label, source) {
      const state = store.get();
      const raster = rasterOf(state);
      if (isBlank(raster)) return notify('There is no drawing to correct.', true);
      const name = `${namePrefix}${Date.now()}-${Math.random()}`;
      const image = await base64Of(fileOf(state));
      if (source === 'correction') {
        own = [...own, name];
        store.set({ corrected: { raster, label } });
        notify(`Saved as ${aDigit(label)}.`);
      }
      add(name, { image, label, source });
      count();
      await flush();
    },
    async undo() {
      const last = own.at(-1);
      if (last === undefined)
        return notify('There is no correction of this session to undo.', true);
      try {
        await takeBack(last);
      } catch (error) {
        if (!(error instanceof ServiceError)) throw error;
        return notify(`Not undone: ${error.message}`, true);
      }
      own = own.filter(name => name !== last);
      store.set({ corrected: undefined });
      notify('The last correction is undone.');
      count();
      await flush();
    },
  };
}

/** What an earlier visit has left, the oldest first. */
function storedIn(storage: Storage | undefined): [string, Submission][] {
  const names = Object.keys(storage ?? {}).filter(name => name.startsWith(namePrefix));
  return names.sort().flatMap(name => {
    const submission = parsed(storage?.getItem(name) ?? '') as Submission | undefined;
    return submission?.image === undefined ? [] : [[name, submission]];
  });
}

async function base64Of(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  return btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(''));
}
