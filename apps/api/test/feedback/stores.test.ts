// What every store of corrections does, tried on a SQLite file and on a PostgreSQL database.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import test, { type ExecutionContext } from 'ava';
import { exportFeedback } from '../../src/feedback/export/export.ts';
import type { NewFeedbackEntry } from '../../src/feedback/feedback-entry.ts';
import { postgresStore } from '../../src/feedback/postgres/open-store.ts';
import { sqliteStore } from '../../src/feedback/sqlite/open-store.ts';
import type { FeedbackStore, StoreOpener } from '../../src/feedback/store.ts';
import { ServiceError, type ServiceErrorCode } from '../../src/service-error.ts';
import { disagreement, entry } from '../support/feedback.ts';
import { type PostgresServer, startPostgres } from '../support/postgres.ts';

const mebibyte = 1024 * 1024;

let server: PostgresServer;

test.before('the server is started', async t => {
  t.timeout(120_000);
  server = await startPostgres();
});

test.after.always(() => server?.close());

/** Opens the same new, empty place each time that it is called: one call for every replica. */
type Replicas = () => Promise<FeedbackStore>;

const kinds: Readonly<
  Record<string, (t: ExecutionContext, maxBytes: number) => Promise<() => StoreOpener>>
> = {
  async sqlite(t, maxBytes) {
    const folder = await mkdtemp(join(tmpdir(), 'digits-api-'));
    t.teardown(() => rm(folder, { recursive: true }));
    return () => sqliteStore({ file: join(folder, 'feedback.sqlite'), maxBytes });
  },
  async postgres(_t, maxBytes) {
    const url = new URL(await server.createDatabase());
    const options = { url, maxBytes, poolSize: 4, timeoutMs: 30_000, onSlowQuery: () => {} };
    return () => postgresStore(options);
  },
};

async function replicas(t: ExecutionContext, kind: string, maxBytes: number): Promise<Replicas> {
  const openerOf = await kinds[kind]!(t, maxBytes);
  return async () => {
    const opener = openerOf();
    const store = await opener.open();
    t.teardown(() => {
      store.close();
      opener.close();
    });
    return store;
  };
}

function onEach(
  title: string,
  run: (t: ExecutionContext, open: Replicas) => Promise<void>,
  maxBytes = 100 * mebibyte,
): void {
  for (const kind of Object.keys(kinds)) {
    test(`${kind}: ${title}`, async t => {
      t.timeout(120_000);
      await run(t, await replicas(t, kind, maxBytes));
    });
  }
}

async function failsWith(t: ExecutionContext, code: ServiceErrorCode, work: Promise<unknown>) {
  t.is((await t.throwsAsync(work, { instanceOf: ServiceError }))?.code, code);
}

const oldest = { limit: 200, order: 'oldest' } as const;

async function idsOf(store: FeedbackStore) {
  return (await store.page({}, oldest)).items.map(({ id }) => id);
}

async function disagreementIdsOf({ disagreements }: FeedbackStore) {
  return (await disagreements.page(oldest)).items.map(({ id }) => id);
}

onEach('a ping succeeds where corrections can be stored', async (t, open) => {
  await t.notThrowsAsync((await open()).ping());
});

for (const setting of ['default_transaction_read_only=on', 'role=pg_read_all_data']) {
  test(`postgres: with ${setting} corrections can be read, and a ping fails`, async t => {
    t.timeout(120_000);
    const url = new URL(await server.createDatabase());
    const options = { maxBytes: mebibyte, poolSize: 1, timeoutMs: 30_000, onSlowQuery() {} };
    const opener = postgresStore({ ...options, url });
    await opener.open();
    opener.close();
    url.searchParams.set('options', `-c ${setting}`);
    const reader = postgresStore({ ...options, url });
    t.teardown(() => reader.close());
    const store = await reader.open();
    t.is(await store.get('id-1'), undefined);
    await failsWith(t, 'feedback-inaccessible', store.ping());
  });
}

onEach('an entry is stored completely, and every replica sees it', async (t, open) => {
  const [one, other] = [await open(), await open()];
  const { picture, seen: _seen, preprocessing: _name, ...shown } = entry(1);
  t.deepEqual(await one.add(entry(1)), { entry: shown, isNew: true });
  t.deepEqual(await other.get('id-1'), shown);
  const stored = await other.picture('id-1');
  t.deepEqual([...stored!.bytes], [...picture]);
  t.is(stored?.contentType, 'image/png');
  t.deepEqual(await other.page({}, oldest), { items: [shown], total: 1, next: null });
  t.true(await other.delete('id-1'));
  t.false(await one.delete('id-1'));
  t.is(await one.get('id-1'), undefined);
  t.is(await one.picture('id-1'), undefined);
});

onEach('the same picture has each label once, however many send it at once', async (t, open) => {
  const stores = [await open(), await open(), await open()];
  const answers = await Promise.all(
    Array.from({ length: 12 }, (_, i) => stores[i % 3]!.add({ ...entry(1), id: `id-${i}` })),
  );
  t.is(answers.filter(({ isNew }) => isNew).length, 1);
  t.is(new Set(answers.map(stored => stored.entry.id)).size, 1);
  t.true((await stores[0]!.add({ ...entry(1), id: 'other', label: 5 })).isNew);
  t.is((await stores[1]!.page({}, oldest)).total, 2);
});

onEach('filters select by every property', async (t, open) => {
  const store = await open();
  const variants: Partial<NewFeedbackEntry>[] = [
    { label: 4, predicted: 4, confidence: 1 / 3 },
    { label: 4, predicted: 9, source: 'practice', createdAt: '2026-03-15T00:00:00.000Z' },
    { label: 0, predicted: null, model: { ...entry(1).model, version: 'tiny-2' } },
  ];
  for (const [i, variant] of variants.entries()) await store.add({ ...entry(i), ...variant });
  for (const [filters, expected] of [
    [{ label: 4 }, ['id-0', 'id-1']],
    [{ predicted: 9 }, ['id-1']],
    [{ source: 'practice' }, ['id-1']],
    [{ model: 'tiny-2' }, ['id-2']],
    [{ wrong: true }, ['id-1', 'id-2']],
    [{ wrong: false }, ['id-0']],
    [{ since: '2026-03-15T01:00:00+01:00' }, ['id-1']],
    [{ until: '2026-03-15T00:00:00Z' }, ['id-0', 'id-2']],
    [{ since: '0000-01-01T00:00:00Z', until: '9999-12-31T23:59:60Z', label: 0 }, ['id-2']],
  ] as const) {
    const { items, total } = await store.page(filters, oldest);
    t.deepEqual(
      items.map(({ id }) => id),
      expected,
      JSON.stringify(filters),
    );
    t.is(total, expected.length);
  }
});

onEach('pages have every entry that was there once, while others come and go', async (t, open) => {
  const [reader, writer] = [await open(), await open()];
  for (let i = 0; i < 10; i++) await writer.add(entry(i));
  let added = 100;
  for (const order of ['newest', 'oldest'] as const) {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await reader.page({}, { limit: 3, order, cursor });
      seen.push(...page.items.map(({ id }) => id));
      await writer.add(entry(added++));
      cursor = page.next ?? undefined;
    } while (cursor !== undefined && seen.length < 100);
    const before = seen.filter(id => Number(id.slice(3)) < 10);
    t.is(new Set(seen).size, seen.length);
    t.is(before.length, 10);
  }
});

onEach('an export has the entries as they were when it began', async (t, open) => {
  const store = await open();
  for (let i = 0; i < 3; i++) await store.add(entry(i, 3_000_000));
  const snapshot = await store.snapshot();
  await store.delete('id-0');
  await store.add(entry(4));
  const archive = await buffer(await exportFeedback(snapshot, {}, 'tar', error => error));
  const manifest = archive.toString('latin1');
  for (const id of ['id-0', 'id-1', 'id-2']) t.true(manifest.includes(`"id":"${id}"`));
  t.false(manifest.includes('"id":"id-4"'));
  t.deepEqual(await idsOf(store), ['id-1', 'id-2', 'id-4']);
});

onEach(
  'a full store rejects entries of every replica until some are deleted',
  async (t, open) => {
    const stores = [await open(), await open()];
    let count = 0;
    const fill = async () => {
      for (;;) await stores[count % 2]!.add(entry(++count, 9000));
    };
    await failsWith(t, 'feedback-full', fill());
    t.true(count > 10 && count < 30, `${count} of 9000 bytes`);
    t.true(stores.some(({ isFull }) => isFull));
    await failsWith(t, 'feedback-full', stores[0]!.disagreements.add(disagreement(1000, 20_000)));
    t.true(await stores[0]!.delete('id-1'));
    t.true((await stores[1]!.add(entry(count, 9000))).isNew);
  },
  mebibyte / 4,
);

onEach('a disagreement is stored completely, and each picture once', async (t, open) => {
  const { disagreements } = await open();
  const { picture, seen: _seen, preprocessing: _name, ...shown } = disagreement(1);
  t.true(await disagreements.add(disagreement(1)));
  t.false(await disagreements.add({ ...disagreement(1), id: 'id-2' }));
  t.deepEqual(await disagreements.get('id-1'), shown);
  t.deepEqual([...(await disagreements.picture('id-1'))!.bytes], [...picture]);
  t.deepEqual(await disagreements.page(oldest), { items: [shown], total: 1, next: null });
  t.true(await disagreements.delete('id-1'));
  t.false(await disagreements.delete('id-1'));
  t.true(await disagreements.add(disagreement(1)));
});

onEach('a labelled picture becomes a correction and leaves the list for good', async (t, open) => {
  const [store, other] = [await open(), await open()];
  await store.disagreements.add(disagreement(1));
  const labelled = await Promise.all([
    store.disagreements.label('id-1', 3),
    other.disagreements.label('id-1', 3),
  ]);
  const [stored] = labelled.filter(answer => answer !== undefined);
  t.is(labelled.filter(answer => answer?.isNew).length, 1);
  t.like(stored!.entry, {
    id: 'id-1',
    label: 3,
    source: 'disagreement',
    predicted: 7,
    confidence: 0.75,
    accepted: true,
    model: { name: 'digits', version: 'old-1', sha256: 'a'.repeat(64) },
    input: disagreement(1).input,
  });
  t.deepEqual(await store.get('id-1'), stored!.entry);
  t.deepEqual(await disagreementIdsOf(store), []);
  t.is(await store.disagreements.label('id-1', 3), undefined);
  t.false(await store.disagreements.add({ ...disagreement(1), id: 'again' }));
});

onEach('a correction of the same picture removes a disagreement', async (t, open) => {
  const store = await open();
  await store.disagreements.add(disagreement(1));
  await store.disagreements.add(disagreement(2));
  await store.add({ ...entry(1), id: 'correction' });
  t.deepEqual(await disagreementIdsOf(store), ['id-2']);
});

onEach(
  'disagreements take at most a tenth of the space, the oldest deleted for the newest',
  async (t, open) => {
    const store = await open();
    for (const i of [1, 2, 3]) t.true(await store.disagreements.add(disagreement(i, 400 * 1024)));
    t.deepEqual(await disagreementIdsOf(store), ['id-2', 'id-3']);
    t.false(await store.disagreements.add(disagreement(4, mebibyte + 1)));
    t.true(await store.disagreements.add(disagreement(5, mebibyte)));
    t.deepEqual(await disagreementIdsOf(store), ['id-5']);
  },
  10 * mebibyte,
);

onEach('additions, deletions and labels at once neither fail nor lose any', async (t, open) => {
  const stores = [await open(), await open()];
  for (let i = 0; i < 8; i++) await stores[0]!.disagreements.add(disagreement(i));
  await Promise.all(
    stores.flatMap(store =>
      Array.from({ length: 8 }, async (_, i) => {
        await store.disagreements.label(`id-${i}`, 3);
        await store.disagreements.delete(`id-${i}`);
        await store.add(entry(100 + i));
        await store.delete(`id-${i}`);
      }),
    ),
  );
  t.is((await idsOf(stores[0]!)).length, 8);
});
