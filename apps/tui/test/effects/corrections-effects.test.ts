// The list of corrections with a fake outbox and a fake service.

import { blankRaster } from '@digits/canvas';
import test from 'ava';
import { AppError } from '../../src/app-error.ts';
import { createCorrectionEffects } from '../../src/effects/corrections-effects.ts';
import type { NamedEntry, OutboxEvent } from '../../src/outbox/outbox.ts';
import type { Client } from '../../src/service/client.ts';
import {
  type ListedCorrection,
  listedCorrections,
} from '../../src/state/corrections/corrections.ts';
import { createStore } from '../../src/state/store.ts';
import type { LearningMemory } from '../../src/storage/learning-file.ts';
import { connectedService, exampleState } from '../state/example-state.ts';

const png = Uint8Array.of(1, 2, 3);
const waitingEntry: NamedEntry = {
  name: '7.json',
  entry: { png, label: 7, source: 'practice', drawnAt: 7000 },
};
const sent = (id: string): ListedCorrection => ({
  id,
  label: 4,
  source: 'correction',
  atMs: 1000,
  isSent: true,
});
const suspect = { label: 4, why: 'unlike', predicted: 9, confidence: 0.8 } as const;
const gone = new AppError('service-problem', 'Not found', { status: 404 });
const away = new AppError('service-unreachable', 'There is no service at the moment.');

interface SetUp {
  readonly waiting?: readonly NamedEntry[];
  /** The service's, the newest first; `undefined` without a service. */
  readonly stored?: readonly string[] | undefined;
  readonly perPage?: number;
}

function setUp({ waiting = [], stored, perPage = 50 }: SetUp = {}) {
  const store = createStore(exampleState({ service: connectedService }));
  const did: unknown[] = [];
  const remembered: Partial<LearningMemory>[] = [];
  const kept = [...(stored ?? [])];
  let outbox = [...waiting];
  let tell: (event: OutboxEvent) => void = () => {};
  const client = {
    async listFeedback(cursor: string | undefined) {
      const start = Number(cursor ?? 0);
      const end = start + perPage;
      const next = end < kept.length ? `${end}` : undefined;
      return { items: kept.slice(start, end).map(sent), total: kept.length, next };
    },
    async getFeedback(id: string) {
      if (!kept.includes(id)) throw gone;
      return sent(id);
    },
    async getFeedbackPicture(id: string) {
      did.push(`picture ${id}`);
      return Buffer.from(png);
    },
    async deleteFeedback(id: string) {
      did.push(`delete ${id}`);
      kept.splice(kept.indexOf(id), 1);
    },
  } as unknown as Client;
  const effects = createCorrectionEffects({
    store,
    outbox: {
      list: async () => outbox,
      async remove(name) {
        did.push(`remove ${name}`);
        outbox = outbox.filter(each => each.name !== name);
        return true;
      },
      onChange(listener) {
        tell = listener;
        return () => {};
      },
    },
    service: {
      async use(work) {
        if (stored === undefined) throw away;
        return work(client, new AbortController().signal);
      },
    },
    memory: {
      get: () => ({ trainingMs: undefined, comparisonMs: undefined, confirmed: [] }),
      change: change => remembered.push(change),
    },
    decode: async () => blankRaster(),
    onDeleted: id => did.push(`forget ${id}`),
  });
  return {
    store,
    effects,
    did,
    remembered,
    tell: (event: OutboxEvent) => tell(event),
    rows: () => listedCorrections(store.getState().review).map(({ id }) => id),
    list: () => store.getState().review.list,
    notice: () => store.getState().notice?.text,
  };
}

/** Lets all promises of the fakes settle. */
async function settle(): Promise<void> {
  for (let count = 0; count < 3; count++) await new Promise(setImmediate);
}

test('the waiting corrections come first, then those of the service, and the first has its picture', async t => {
  const { effects, store, rows, list, did } = setUp({
    waiting: [waitingEntry],
    stored: ['b', 'a'],
  });
  effects.open();
  t.deepEqual(store.getState().mode, { type: 'corrections', row: 0 });
  t.true(list().isLoading);
  await settle();
  t.deepEqual(rows(), ['7.json', 'b', 'a']);
  t.like(list(), { isLoading: false, unread: 0, picture: { id: '7.json', raster: blankRaster() } });
  store.dispatch({ type: 'correction-row-moved', steps: 1 });
  await settle();
  t.is(list().picture?.id, 'b');
  t.deepEqual(did, ['picture b']);
});

test('without a service the waiting ones are listed, and the reason is given', async t => {
  const { effects, rows, list } = setUp({ waiting: [waitingEntry] });
  effects.open();
  await settle();
  t.deepEqual(rows(), ['7.json']);
  t.is(list().problem, 'There is no service at the moment.');
});

test('the next page is read when the selection comes near its end', async t => {
  const stored = Array.from({ length: 45 }, (_, index) => `c${index}`);
  const { effects, store, rows, list } = setUp({ stored, perPage: 20 });
  effects.open();
  await settle();
  t.is(rows().length, 20);
  t.is(list().unread, 25);
  store.dispatch({ type: 'correction-row-moved', steps: 11 });
  await settle();
  t.is(rows().length, 40);
  store.dispatch({ type: 'correction-row-moved', steps: Number.POSITIVE_INFINITY });
  await settle();
  t.deepEqual(rows(), stored);
  t.like(list(), { unread: 0, next: undefined });
});

test('suspect ones come first, also those of later pages, and those that are gone are left out', async t => {
  const { effects, store, rows } = setUp({ stored: ['c', 'b', 'a'], perPage: 2 });
  const suspects = ['a', 'z', 'b'].map(id => ({ ...suspect, id }));
  store.dispatch({ type: 'suspects-found', suspects });
  effects.open();
  await settle();
  t.deepEqual(rows().toSorted(), ['a', 'b', 'c']);
  t.is(rows().at(-1), 'c');
});

test('a suspect label is confirmed and remembered; another one is not suspect', async t => {
  const { effects, store, rows, remembered, notice } = setUp({ stored: ['b', 'a'] });
  store.dispatch({ type: 'suspects-found', suspects: [{ ...suspect, id: 'a' }] });
  effects.open();
  await settle();
  t.deepEqual(rows(), ['a', 'b']);
  effects.confirm();
  t.is(notice(), 'Confirmed as a 4: the next training learns it.');
  t.deepEqual(remembered, [{ confirmed: ['a'] }]);
  t.deepEqual(rows(), ['b', 'a']);
  effects.confirm();
  t.is(notice(), 'Its label is not suspect.');
});

test('a label that a newer one contradicts cannot be confirmed', async t => {
  const { effects, store, remembered, notice } = setUp({ stored: ['a'] });
  store.dispatch({
    type: 'suspects-found',
    suspects: [{ ...suspect, id: 'a', why: 'contradicted' }],
  });
  effects.open();
  await settle();
  effects.confirm();
  t.regex(notice() ?? '', /can only be deleted/);
  t.deepEqual(remembered, []);
});

test('a correction is deleted where it is, after a question', async t => {
  const { effects, store, rows, did, notice } = setUp({ waiting: [waitingEntry], stored: ['a'] });
  effects.open();
  await settle();
  effects.askDeletion();
  t.deepEqual(store.getState().mode, { type: 'confirming-deletion', row: 0, id: '7.json' });
  await effects.delete('7.json');
  t.deepEqual(store.getState().mode, { type: 'corrections', row: 0 });
  t.is(notice(), 'Deleted: this 7 will not be learnt.');
  await settle();
  await effects.delete('a');
  t.deepEqual(
    did.filter(each => each !== 'picture a'),
    ['remove 7.json', 'forget 7.json', 'delete a', 'forget a'],
  );
  t.deepEqual(rows(), []);
});

test('when the service is back the list is read again, and a picture that was missing too', async t => {
  const { effects, store, rows, list } = setUp({ stored: ['a'] });
  effects.open();
  await settle();
  store.dispatch({ type: 'corrections-listed', list: { picture: { id: 'a', raster: undefined } } });
  store.dispatch({ type: 'service-changed', service: { status: 'starting', origin: 'embedded' } });
  store.dispatch({ type: 'service-changed', service: connectedService });
  await settle();
  t.deepEqual(rows(), ['a']);
  t.deepEqual(list().picture, { id: 'a', raster: blankRaster() });
});

test('a correction that is sent while the list is shown changes there', async t => {
  const { effects, rows, tell } = setUp({ stored: ['a'] });
  effects.open();
  await settle();
  tell({ type: 'sent', name: '7.json', id: 'b' });
  await settle();
  t.deepEqual(rows(), ['a']);
});
