// The list of corrections: reads the outbox and the service's pages, shows the picture of the selected
// one, deletes, and confirms suspect labels.

import type { Raster } from '@digits/canvas';
import { aDigit } from '@digits/client';
import { isAppError } from '../app-error.ts';
import type { NamedEntry, Outbox } from '../outbox/outbox.ts';
import type { Connection } from '../service/connection.ts';
import {
  type CorrectionList,
  type ListedCorrection,
  openSuspects,
  selectedCorrection,
  suspicionOf,
} from '../state/corrections/corrections.ts';
import type { Store } from '../state/store.ts';
import type { LearningMemoryKeeper } from './learning/learning-memory.ts';

export interface CorrectionEffects {
  /** Shows the list and reads it. */
  open(): void;
  /** Asks whether to delete the selected correction. */
  askDeletion(): void;
  /** Deletes a correction and shows the list again. */
  delete(id: string): Promise<void>;
  /** Confirms the label of the selected correction. */
  confirm(): void;
}

interface CorrectionEffectsOptions {
  readonly store: Store;
  readonly outbox: Pick<Outbox, 'list' | 'remove' | 'onChange'>;
  readonly service: Pick<Connection, 'use'>;
  readonly memory: LearningMemoryKeeper;
  /** Decodes a picture; one that is not a drawing of this app needs the service. */
  readonly decode: (picture: Uint8Array) => Promise<Raster | undefined>;
  /** Called with the id or the name of what was deleted. */
  readonly onDeleted: (id: string) => void;
}

/** The next page is read when the selection comes this close to the last row. */
const rowsAhead = 10;

/** A check finds fewer suspect labels than that, or the labels are wrong altogether. */
const maxFetchedSuspects = 50;

export function createCorrectionEffects(options: CorrectionEffectsOptions): CorrectionEffects {
  const { store, outbox, service, memory, decode, onDeleted } = options;
  /** Counts the readings, so that a late answer does not replace a newer one. */
  let reading = 0;
  let waiting: readonly NamedEntry[] = [];
  let isPictureLoading = false;
  let wasConnected = store.getState().service.status === 'connected';

  const notify = (text: string, isBad: boolean) =>
    store.dispatch({ type: 'notice-shown', notice: { text, isBad } });
  const setList = (list: Partial<CorrectionList>) =>
    store.dispatch({ type: 'corrections-listed', list });
  const isShown = () => ['corrections', 'confirming-deletion'].includes(store.getState().mode.type);

  /** Runs a reading of the list; a failure becomes a part of the list. */
  async function read(load: () => Promise<Partial<CorrectionList>>): Promise<void> {
    const own = ++reading;
    setList({ isLoading: true, problem: undefined });
    let list: Partial<CorrectionList>;
    try {
      list = await load();
    } catch (error) {
      if (!isAppError(error, 'service') && !isAppError(error, 'outbox')) throw error;
      list = { problem: error.message };
    }
    if (own === reading) setList({ ...list, isLoading: false });
  }

  function readAll(): Promise<void> {
    return read(async () => {
      waiting = await outbox.list();
      const { picture } = store.getState().review.list;
      setList({
        items: waiting.map(toListed),
        unread: 0,
        next: undefined,
        // One that could not be read may be there now.
        picture: picture?.raster && picture,
      });
      const page = await service.use((client, signal) => client.listFeedback(undefined, signal));
      const items = [...waiting.map(toListed), ...page.items];
      const suspects = await suspectsBeside(items);
      const unread = Math.max(page.total - page.items.length - suspects.length, 0);
      return { items: [...items, ...suspects], unread, next: page.next };
    });
  }

  /** Suspect ones may be on later pages; those that are gone are left out. */
  async function suspectsBeside(items: readonly ListedCorrection[]): Promise<ListedCorrection[]> {
    const ids = new Set(items.map(({ id }) => id));
    const missing = openSuspects(store.getState().review).filter(({ id }) => !ids.has(id));
    const found = missing.slice(0, maxFetchedSuspects).map(({ id }) =>
      service
        .use((client, signal) => client.getFeedback(id, signal))
        .catch((error: unknown) => {
          if (!(isAppError(error, 'service') && error.status === 404)) throw error;
          return undefined;
        }),
    );
    return (await Promise.all(found)).filter(each => each !== undefined);
  }

  function readMore(cursor: string): Promise<void> {
    return read(async () => {
      const page = await service.use((client, signal) => client.listFeedback(cursor, signal));
      const { items, unread } = store.getState().review.list;
      const ids = new Set(items.map(({ id }) => id));
      const added = page.items.filter(({ id }) => !ids.has(id));
      return {
        items: [...items, ...added],
        unread: Math.max(unread - added.length, 0),
        next: page.next,
      };
    });
  }

  async function loadPicture(): Promise<void> {
    if (isPictureLoading) return;
    isPictureLoading = true;
    try {
      for (;;) {
        const item = selectedCorrection(store.getState());
        if (item === undefined || store.getState().review.list.picture?.id === item.id) return;
        setList({ picture: { id: item.id, raster: await rasterOf(item) } });
      }
    } finally {
      isPictureLoading = false;
    }
  }

  async function rasterOf({ id, isSent }: ListedCorrection): Promise<Raster | undefined> {
    try {
      const bytes = isSent
        ? await service.use((client, signal) => client.getFeedbackPicture(id, signal))
        : waiting.find(({ name }) => name === id)?.entry.png;
      return bytes && (await decode(bytes));
    } catch (error) {
      if (!isAppError(error, 'service')) throw error;
      return undefined;
    }
  }

  /** @returns whether it was deleted */
  async function remove({ id, isSent }: ListedCorrection): Promise<boolean> {
    try {
      if (!isSent) return await outbox.remove(id);
      await service.use((client, signal) => client.deleteFeedback(id, signal));
      return true;
    } catch (error) {
      if (!isAppError(error, 'service') && !isAppError(error, 'outbox')) throw error;
      notify(`Not deleted: ${error.message}`, true);
      return false;
    }
  }

  store.subscribe(() => {
    const { mode, review, service: connection } = store.getState();
    const hasConnected = connection.status === 'connected' && !wasConnected;
    wasConnected = connection.status === 'connected';
    if (!isShown()) return;
    if (hasConnected) void readAll();
    void loadPicture();
    const { next, items, isLoading, problem } = review.list;
    const isNear = mode.type === 'corrections' && mode.row >= items.length - rowsAhead;
    if (isNear && next !== undefined && !isLoading && problem === undefined) void readMore(next);
  });
  outbox.onChange(({ type }) => {
    if (type === 'sent' && isShown()) void readAll();
  });

  return {
    open() {
      store.dispatch({ type: 'mode-changed', mode: { type: 'corrections', row: 0 } });
      void readAll();
    },
    askDeletion() {
      const { mode } = store.getState();
      const item = selectedCorrection(store.getState());
      if (mode.type !== 'corrections' || item === undefined) return;
      const asking = { type: 'confirming-deletion', row: mode.row, id: item.id } as const;
      store.dispatch({ type: 'mode-changed', mode: asking });
    },
    async delete(id) {
      const { mode, review } = store.getState();
      const row = mode.type === 'confirming-deletion' ? mode.row : 0;
      store.dispatch({ type: 'mode-changed', mode: { type: 'corrections', row } });
      const item = review.list.items.find(each => each.id === id);
      if (item === undefined) return;
      if (await remove(item)) {
        store.dispatch({ type: 'correction-removed', id });
        memory.change({ confirmed: store.getState().review.confirmed });
        onDeleted(id);
        notify(`Deleted: this ${item.label} will not be learnt.`, false);
      } else if (!item.isSent) void readAll();
    },
    confirm() {
      const state = store.getState();
      const item = selectedCorrection(state);
      const suspicion = item && suspicionOf(state.review, item.id);
      if (suspicion === undefined) return notify('Its label is not suspect.', false);
      if (suspicion.why === 'contradicted') {
        return notify('A newer label of this picture is used; this one can only be deleted.', true);
      }
      store.dispatch({ type: 'suspect-confirmed', id: suspicion.id });
      memory.change({ confirmed: store.getState().review.confirmed });
      notify(`Confirmed as ${aDigit(suspicion.label)}: the next training learns it.`, false);
    },
  };
}

function toListed({ name, entry: { label, source, drawnAt } }: NamedEntry): ListedCorrection {
  return { id: name, label, source, atMs: drawnAt, isSent: false };
}
