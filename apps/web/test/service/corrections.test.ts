import { encodePng } from '@digits/canvas';
import { rasterOf } from '@digits/client';
import test from 'ava';
import { createCorrections } from '../../src/service/corrections.ts';
import { type Service, ServiceError } from '../../src/service/service.ts';
import { drawn, initialState } from '../../src/state.ts';
import { createStore } from '../../src/store.ts';

const withDot = drawn(initialState, { type: 'stroke-began', at: [14, 14], timeMs: 0 });
const dot = rasterOf(withDot);

/** The browser's storage, which outlives a visit, and a service that numbers what it stores. */
function start(storage: Record<string, string> = {}, failure?: ServiceError) {
  const stored = new Map<string, Uint8Array>();
  const labels: string[] = [];
  const fake = { failure, stored, labels, storage };
  const send: Service['send'] = async (path, { method, body } = {}) => {
    if (fake.failure !== undefined) throw fake.failure;
    if (method === 'DELETE') {
      if (stored.delete(path.slice(-1))) return;
      throw new ServiceError('refused', 'There is no such correction.', 404);
    }
    if (method === undefined) return { total: stored.size };
    labels.push(path);
    const id = `${labels.length}`;
    stored.set(id, new Uint8Array(await new Response(body).arrayBuffer()));
    return { id };
  };
  Object.setPrototypeOf(storage, {
    getItem: (name: string) => storage[name] ?? null,
    setItem: (name: string, text: string) => Object.assign(storage, { [name]: text }),
    removeItem: (name: string) => delete storage[name],
  });
  Object.assign(globalThis, { window: { localStorage: storage } });
  const store = createStore(withDot);
  const service = { send, predict: () => Promise.reject(), connect: async () => {} };
  return { ...fake, fake, store, corrections: createCorrections(store, service) };
}

const away = new ServiceError('unreachable', 'The service does not answer.');

test.serial('a correction is sent as a PNG with its label, and counted', async t => {
  const { store, corrections, labels, stored, storage } = start();
  await corrections.save(dot, 4, 'correction');
  t.deepEqual(labels, ['/feedback?label=4&source=correction']);
  t.deepEqual(stored.get('1'), encodePng(dot));
  t.deepEqual(store.get().corrections, { saved: 1, waiting: 0, kept: 1 });
  t.is(store.get().notice?.text, 'Saved as a 4.');
  t.deepEqual(Object.keys(storage), []);
});

test.serial(
  'a drawing that has changed since is sent as it was, an opened picture as its file',
  async t => {
    const { store, corrections, stored } = start();
    const file = new Blob(['picture']);
    store.set({ picture: { raster: dot, file, url: '' } });
    const changed = drawn(store.get(), { type: 'stroke-continued', to: [20, 20], timeMs: 9 });
    store.set(changed);
    await corrections.save(dot, 4, 'practice');
    t.deepEqual(stored.get('1'), new Uint8Array(await file.arrayBuffer()));
    store.set({ picture: undefined });
    await corrections.save(dot, 4, 'practice');
    t.deepEqual(stored.get('2'), encodePng(dot));
  },
);

test.serial('without a service it waits, and the next visit sends it', async t => {
  const { store, corrections, storage } = start({}, away);
  await corrections.save(dot, 4, 'correction');
  t.like(store.get().corrections, { saved: 1, waiting: 1 });
  const next = start({ ...storage });
  await next.corrections.flush();
  t.is(next.stored.size, 1);
  t.deepEqual(next.store.get().corrections, { saved: 0, waiting: 0, kept: 1 });
});

test.serial('what two tabs have saved does not replace each other', async t => {
  const first = start({}, away);
  const second = start(first.storage, away);
  await first.corrections.save(dot, 4, 'correction');
  await second.corrections.save(dot, 5, 'correction');
  t.is(Object.keys(first.storage).length, 2);
});

test.serial('two tabs that find the service at once send each correction once', async t => {
  const first = start({}, away);
  await first.corrections.save(dot, 4, 'correction');
  first.fake.failure = undefined;
  const second = start(first.storage);
  await Promise.all([first.corrections.flush(), second.corrections.flush()]);
  t.is(first.labels.length + second.labels.length, 1);
});

test.serial('what one tab has undone is not sent by another', async t => {
  const first = start({}, away);
  await first.corrections.save(dot, 4, 'correction');
  const second = start(first.storage);
  t.is(second.store.get().corrections.waiting, 1);
  await first.corrections.undo();
  await second.corrections.flush();
  t.deepEqual(second.labels, []);
});

test.serial('undo takes back what another tab has sent', async t => {
  const first = start({}, away);
  await first.corrections.save(dot, 4, 'correction');
  for (const name of Object.keys(first.storage)) delete first.storage[name];
  first.fake.failure = undefined;
  await first.corrections.undo();
  t.deepEqual([first.labels.length, first.stored.size], [1, 0]);
});

test.serial(
  'two undos at once take back two, and what is gone already counts as undone',
  async t => {
    const { corrections, stored, store } = start();
    await corrections.save(dot, 4, 'correction');
    await corrections.save(dot, 5, 'practice');
    stored.delete('2');
    await Promise.all([corrections.undo(), corrections.undo()]);
    t.is(stored.size, 0);
    t.deepEqual(store.get().corrections, { saved: 0, waiting: 0, kept: 0 });
    t.is(store.get().notice?.text, 'The last correction is undone.');
  },
);

test.serial('undo takes back what was sent and what waits', async t => {
  const { corrections, stored, store, fake } = start();
  await corrections.save(dot, 4, 'correction');
  await corrections.undo();
  t.is(stored.size, 0);
  fake.failure = away;
  await corrections.save(dot, 5, 'correction');
  await corrections.undo();
  t.deepEqual(store.get().corrections, { saved: 0, waiting: 0, kept: 0 });
  await corrections.undo();
  t.is(store.get().notice?.text, 'There is no correction of this session to undo.');
});

test.serial('what the service refuses for good does not hold up the next one', async t => {
  const { corrections, labels, store, fake, storage } = start();
  fake.failure = new ServiceError('refused', 'Not a picture.');
  await corrections.save(dot, 4, 'correction');
  t.is(store.get().notice?.text, 'Not kept: Not a picture.');
  t.deepEqual(Object.keys(storage), []);
  fake.failure = undefined;
  await corrections.save(dot, 5, 'practice');
  t.deepEqual(labels, ['/feedback?label=5&source=practice']);
});

test.serial(
  'a full storage keeps it until the tab is closed, and says so until it is sent',
  async t => {
    const { corrections, storage, store, fake } = start({}, away);
    Object.freeze(storage);
    await corrections.save(dot, 4, 'correction');
    t.regex(store.get().notice?.text ?? '', /keep this tab open/);
    t.is(store.get().corrections.waiting, 1);
    fake.failure = undefined;
    await corrections.flush();
    t.is(store.get().notice, undefined);
  },
);

test.serial('a blank drawing is not corrected', async t => {
  const { corrections, store, labels } = start();
  await corrections.save(rasterOf(initialState), 4, 'correction');
  t.deepEqual(labels, []);
  t.is(store.get().notice?.text, 'There is no drawing to correct.');
});
