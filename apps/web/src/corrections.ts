// Drawings with the digit that the user gives them. They wait in the browser's storage until the service
// has stored them, so that none is lost while it is away.

import { isBlank } from '@digits/canvas';
import { aDigit, feedbackPath } from '@digits/client';
import { type Service, ServiceError } from './service.ts';
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
  /** Sends what waits, and learns how many the service keeps. */
  flush(): Promise<void>;
}

const storageName = 'digits-corrections';

export function createCorrections(store: Store<State>, service: Service): Corrections {
  let waiting: readonly Submission[] = stored();
  /** Corrections of this session that can be undone, and the service's ids of those that were sent. */
  let own: readonly Submission[] = [];
  const ids = new Map<Submission, string>();
  let sending: Promise<void> = Promise.resolve();

  const notify = (text: string, isBad = false) => store.set({ notice: { text, isBad } });

  function setWaiting(next: readonly Submission[]): void {
    waiting = next;
    count({});
    try {
      localStorage.setItem(storageName, JSON.stringify(waiting));
    } catch {
      if (waiting.length > 0)
        notify('Kept only until this tab is closed: the storage is full.', true);
    }
  }

  function count(changes: Partial<State['corrections']>): void {
    const { corrections } = store.get();
    const counts = { saved: own.length, waiting: waiting.length };
    store.set({ corrections: { ...corrections, ...counts, ...changes } });
  }

  async function sendAll(): Promise<void> {
    for (let next = waiting[0]; next !== undefined; next = waiting[0]) {
      const { image, label, source } = next;
      const bytes = Uint8Array.from(atob(image), character => character.charCodeAt(0));
      const path = `/feedback?label=${label}&source=${source}`;
      const { body } = await service.send(path, { method: 'POST', body: new Blob([bytes]) });
      ids.set(next, (body as { readonly id: string }).id);
      setWaiting(waiting.slice(1));
    }
    const { body } = await service.send('/feedback?limit=1');
    count({ kept: (body as { readonly total: number }).total });
  }

  /** One at a time, in order. What the service refuses stays, and says why. */
  function flush(): Promise<void> {
    sending = sending.then(sendAll).catch(error => {
      if (!(error instanceof ServiceError)) throw error;
      if (error.code === 'refused') notify(error.message, true);
    });
    return sending;
  }

  async function takeBack(last: Submission): Promise<void> {
    await sending;
    if (waiting.includes(last)) return setWaiting(waiting.filter(each => each !== last));
    const id = ids.get(last);
    // The same picture with the same label is stored once: an earlier correction keeps it.
    const isShared = own.some(other => other !== last && ids.get(other) === id);
    if (id !== undefined && !isShared) await service.send(feedbackPath(id), { method: 'DELETE' });
  }

  return {
    flush,
    async save(label, source) {
      const state = store.get();
      const raster = rasterOf(state);
      if (isBlank(raster)) return notify('There is no drawing to correct.', true);
      const submission = { image: await base64Of(fileOf(state)), label, source };
      if (source === 'correction') {
        own = [...own, submission];
        store.set({ corrected: { raster, label } });
        notify(`Saved as ${aDigit(label)}.`);
      }
      setWaiting([...waiting, submission]);
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
      own = own.filter(each => each !== last);
      store.set({ corrected: undefined });
      notify('The last correction is undone.');
      count({});
      await flush();
    },
  };
}

function stored(): readonly Submission[] {
  try {
    const list: unknown = JSON.parse(localStorage.getItem(storageName) ?? '[]');
    return Array.isArray(list) ? list : [];
  } catch {
    return [];
  }
}

async function base64Of(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  return btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(''));
}
