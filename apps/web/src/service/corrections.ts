// Drawings with the digit that the user gives them. They wait in the browser's storage until the service has
// stored them, so that none is lost while it is away.

import { isBlank, type Raster } from '@digits/canvas';
import { aDigit, feedbackPath } from '@digits/client';
import { base64Of, bytesOf } from '../base64.ts';
import { fileOf, type State } from '../state.ts';
import type { Store } from '../store.ts';
import { parsed, type Service, ServiceError, storageOf } from './service.ts';

interface Submission {
  /** The bytes of a picture, in base64. */
  readonly image: string;
  readonly label: number;
  readonly source: 'correction' | 'practice';
}

export interface Corrections {
  /** Keeps a drawing with its digit; sends it now, or once there is a service. */
  save(drawing: Raster, label: number, source: Submission['source']): Promise<void>;
  /** Takes the last drawing that this session has saved back, whether it was sent or not. */
  undo(): Promise<void>;
  /** Sends the waiting corrections, one after the other, and counts those that the service keeps. */
  flush(): Promise<void>;
}

/** Each has a name of its own: the tabs of a browser have one queue, and do not overwrite each other's. */
const namePrefix = 'digits-correction-';

export function createCorrections(store: Store<State>, service: Service): Corrections {
  const storage = storageOf('localStorage');
  /** Those that the storage does not take. */
  const unstored = new Map<string, Submission>();
  /** The corrections of this session by name, and the service's ids of those that it has answered. */
  let own: readonly (readonly [string, Submission])[] = [];
  const ids = new Map<string, string | undefined>();
  let sending: Promise<void> = Promise.resolve();
  /** The notice about waiting corrections, which is removed once none waits. */
  let warning: State['notice'];

  const notify = (text: string, isBad = false) => store.set({ notice: { text, isBad } });
  const waiting = () => [...storedIn(storage), ...unstored];
  const isStored = (name: string) => typeof storage?.getItem(name) === 'string';
  const isWaiting = (name: string) => unstored.has(name) || isStored(name);

  function warn(text: string): void {
    warning = { text, isBad: true };
    store.set({ notice: warning });
  }

  function count(changes: Partial<State['corrections']> = {}): void {
    const { corrections } = store.get();
    const counts = { saved: own.length, waiting: waiting().length };
    store.set({ corrections: { ...corrections, ...counts, ...changes } });
  }

  function add(name: string, submission: Submission): void {
    try {
      storage?.setItem(name, JSON.stringify(submission));
    } catch {
      // It is full.
    }
    if (isStored(name)) return;
    unstored.set(name, submission);
    warn('The browser cannot store the drawing: keep this tab open until it is sent.');
  }

  function remove(name: string): void {
    unstored.delete(name);
    storage?.removeItem(name);
    count();
  }

  async function sendAll(): Promise<void> {
    for (const [name, submission] of waiting()) {
      // Another tab may have sent it or taken it back meanwhile.
      if (!isWaiting(name)) continue;
      try {
        ids.set(name, await send(submission));
      } catch (error) {
        if (!(error instanceof ServiceError && error.code === 'refused')) throw error;
        ids.set(name, undefined);
        own = own.filter(([other]) => other !== name);
        notify(`Not kept: ${error.message}`, true);
      }
      remove(name);
    }
    if (store.get().notice === warning) store.set({ notice: undefined });
    const page = await service.send('/feedback?limit=1');
    count({ kept: (page as { readonly total: number }).total });
  }

  async function send({ image, label, source }: Submission): Promise<string> {
    const path = `/feedback?label=${label}&source=${source}`;
    const entry = await service.send(path, { method: 'POST', body: bytesOf(image) });
    return (entry as { readonly id: string }).id;
  }

  function flush(): Promise<void> {
    sending = sending
      .then(() => exclusively(sendAll))
      .catch(error => {
        if (!(error instanceof ServiceError)) throw error;
        if (error.code === 'failed') warn(`Not sent yet: ${error.message}`);
      });
    return sending;
  }

  async function takeBack(name: string, submission: Submission): Promise<void> {
    await sending;
    if (isWaiting(name)) return remove(name);
    // The same picture with the same label is stored once: one that another tab has sent gets its id again,
    // and an earlier correction keeps it.
    if (!ids.has(name)) ids.set(name, await send(submission));
    const id = ids.get(name);
    const isShared = own.some(([other]) => ids.get(other) === id);
    if (id === undefined || isShared) return;
    try {
      await service.send(feedbackPath(id), { method: 'DELETE' });
    } catch (error) {
      if (!(error instanceof ServiceError && error.status === 404)) throw error;
    }
  }

  count();
  return {
    flush,
    async save(raster, label, source) {
      if (isBlank(raster)) return notify('There is no drawing to correct.', true);
      const name = `${namePrefix}${Date.now()}-${Math.random()}`;
      const file = new Blob([fileOf(raster, store.get())]);
      const image = base64Of(new Uint8Array(await file.arrayBuffer()));
      const submission = { image, label, source };
      own = [...own, [name, submission]];
      if (source === 'correction') {
        store.set({ corrected: { raster, label } });
        notify(`Saved as ${aDigit(label)}.`);
      }
      add(name, submission);
      count();
      await flush();
    },
    async undo() {
      const last = own.at(-1);
      if (last === undefined)
        return notify('There is no correction of this session to undo.', true);
      // At once, so that a second undo takes the one before it.
      own = own.slice(0, -1);
      count();
      try {
        await takeBack(...last);
      } catch (error) {
        if (!(error instanceof ServiceError)) throw error;
        own = [...own, last];
        count();
        return notify(`Not undone: ${error.message}`, true);
      }
      store.set({ corrected: undefined });
      const isPractice = last[1].source === 'practice';
      notify(
        isPractice ? 'The last drawing of practice is not kept.' : 'The last correction is undone.',
      );
      await flush();
    },
  };
}

/** Runs while no other tab does, so that none sends the same; without a secure context there are no locks. */
async function exclusively(run: () => Promise<void>): Promise<void> {
  const locks = navigator.locks as LockManager | undefined;
  await (locks === undefined ? run() : locks.request('digits-corrections', run));
}

/** The waiting corrections in the storage, of this or an earlier visit and of any tab, the oldest first. */
function storedIn(storage: Storage | undefined): [string, Submission][] {
  const names = Object.keys(storage ?? {}).filter(name => name.startsWith(namePrefix));
  return names.sort().flatMap(name => {
    const submission = parsed(storage?.getItem(name) ?? '') as Submission | undefined;
    return submission?.image === undefined ? [] : [[name, submission]];
  });
}
