import test from 'ava';
import { AppError } from '../../src/app-error.ts';
import { startOutboxSync } from '../../src/effects/outbox-sync.ts';
import type { OutboxEntry } from '../../src/outbox/entry.ts';
import type { Outbox, OutboxEvent } from '../../src/outbox/outbox.ts';
import { createServiceSwitch } from '../../src/service/service-switch.ts';
import { createStore } from '../../src/state/store.ts';
import { connectedService, exampleState } from '../state/example-state.ts';

const entry: OutboxEntry = { png: new Uint8Array(), label: 4, source: 'correction', drawnAt: 0 };
const turn = () => new Promise(setImmediate);

function setUp(flush: () => Promise<void> = async () => {}) {
  const store = createStore(exampleState());
  let tell = (_event: OutboxEvent) => {};
  const outbox = { kept: 0, flushed: 0 };
  const fake: Outbox = {
    async add() {
      outbox.kept++;
      tell({ type: 'saved' });
      return 'a.json';
    },
    async flush() {
      outbox.flushed++;
      await flush();
    },
    remove: async () => false,
    list: async () => [],
    pending: async () => outbox.kept,
    onChange(listener) {
      tell = listener;
      return () => {};
    },
  };
  return {
    store,
    outbox,
    outboxSync: startOutboxSync(store, fake),
    tell: (e: OutboxEvent) => tell(e),
  };
}

test('without a service a correction waits and is counted', async t => {
  const { store, outbox, outboxSync } = setUp();
  await outboxSync.add(entry);
  await turn();
  t.deepEqual(outbox, { kept: 1, flushed: 0 });
  t.is(store.getState().corrections.waiting, 1);
});

test('pending corrections are sent when the service connects, and when it reconnects', async t => {
  const { store, outbox, outboxSync } = setUp();
  store.dispatch({ type: 'service-changed', service: connectedService });
  t.is(outbox.flushed, 1);
  await outboxSync.add(entry);
  t.is(outbox.flushed, 2);
  store.dispatch({ type: 'service-changed', service: { status: 'starting', origin: 'embedded' } });
  store.dispatch({ type: 'service-changed', service: connectedService });
  t.is(outbox.flushed, 3);
});

test('a correction that the service refuses is reported', async t => {
  const { store, tell } = setUp();
  tell({ type: 'refused', why: 'blank' });
  t.like(store.getState().notice, {
    text: 'The service refused a correction: blank',
    isBad: true,
  });
});

test('a folder that cannot be read is reported, and the app continues', async t => {
  const { store } = setUp(async () => {
    throw new AppError('outbox-not-readable', 'It cannot be read.');
  });
  store.dispatch({ type: 'service-changed', service: connectedService });
  await turn();
  t.is(store.getState().notice?.text, 'It cannot be read.');
});

test('another address closes the former connection and opens one there', async t => {
  const did: string[] = [];
  const service = createServiceSwitch(apiUrl => ({
    async open() {
      did.push(`open ${apiUrl}`);
    },
    async close() {
      did.push(`close ${apiUrl}`);
    },
    predict: () => Promise.reject(new Error('not asked here')),
    sendFeedback: async () => ({ id: `${apiUrl}` }),
    use: () => Promise.reject(new Error('not asked here')),
  }));
  service.connectTo(undefined);
  service.connectTo('http://h:1');
  t.deepEqual(did, ['open undefined', 'close undefined', 'open http://h:1']);
  const { signal } = new AbortController();
  t.deepEqual(await service.sendFeedback(entry, signal), { id: 'http://h:1' });
  await service.close();
  t.is(did.at(-1), 'close http://h:1');
});
