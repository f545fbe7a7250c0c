// copy-feedback between a SQLite file and a PostgreSQL database.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import test, { type ExecutionContext } from 'ava';
import { postgresStore } from '../src/feedback/postgres/open-store.ts';
import { sqliteStore } from '../src/feedback/sqlite/open-store.ts';
import type { FeedbackStore, StoreOpener } from '../src/feedback/store.ts';
import { disagreement, entry } from '../test/support/feedback.ts';
import { type PostgresServer, startPostgres } from '../test/support/postgres.ts';
import { callTool } from '../test/support/tools.ts';

const maxBytes = 10_000_000;

let server: PostgresServer;

test.before(async t => {
  t.timeout(120_000);
  server = await startPostgres();
});

test.after.always(() => server?.close());

async function setUp(t: ExecutionContext) {
  const folder = await mkdtemp(join(tmpdir(), 'digits-api-'));
  t.teardown(() => rm(folder, { recursive: true }));
  const url = await server.createDatabase();
  const database = { url: new URL(url), poolSize: 4, timeoutMs: 30_000, onSlowQuery: () => {} };
  const env = { DATA_DIR: folder, FEEDBACK_URL: url };
  const copy = (args: readonly string[], signal?: AbortSignal) =>
    callTool('copy-feedback', args, { env: { ...env }, ...(signal && { signal }) });
  return {
    folder,
    env,
    copy,
    sqlite: (name = 'feedback.sqlite') => sqliteStore({ file: join(folder, name), maxBytes }),
    postgres: () => postgresStore({ ...database, maxBytes }),
  };
}

async function withStore<T>(opener: StoreOpener, work: (store: FeedbackStore) => Promise<T>) {
  const store = await opener.open();
  try {
    return await work(store);
  } finally {
    store.close();
    opener.close();
  }
}

async function fill(store: FeedbackStore): Promise<void> {
  for (const index of [5, 3, 8, 1]) {
    const createdAt = `2026-03-14T15:09:${10 + index}.53${index}Z`;
    const seen = new Uint8Array(784).fill(index);
    await store.add({ ...entry(index, 100 + index), createdAt, seen, confidence: 1 / index });
  }
  await store.disagreements.add(disagreement(20));
  await store.disagreements.add(disagreement(10));
}

/** Everything that a store has, in order. */
async function contentOf(opener: StoreOpener) {
  const snapshot = await opener.read();
  const { rows } = await snapshot.select({});
  const corrections = await Array.fromAsync(rows('preprocessing', 'seen', 'picture'), plain);
  const disagreements = await Array.fromAsync(snapshot.disagreements(), plain);
  snapshot.close();
  opener.close();
  return { corrections, disagreements };
}

/** Without prototypes, and with Uint8Array in place of Buffer. */
const plain = (row: object) =>
  Object.fromEntries(
    Object.entries(row)
      .toSorted()
      .map(([name, value]) => [name, value instanceof Uint8Array ? Buffer.from(value) : value]),
  );

test('a store is the same after a copy to PostgreSQL and back', async t => {
  const { copy, sqlite, postgres, folder } = await setUp(t);
  await withStore(sqlite(), fill);
  const before = await contentOf(sqlite());
  const copied = await copy(['to-postgres', '--json']);
  t.is(copied.exitCode, 0, copied.stderr);
  t.like(JSON.parse(copied.stdout), { correctionsStored: 4, disagreementsStored: 2 });
  t.deepEqual(await contentOf(postgres()), before);
  t.deepEqual(
    before.corrections.map(row => row['id']),
    ['id-5', 'id-3', 'id-8', 'id-1'],
  );
  const back = await copy(['to-sqlite', '--file', join(folder, 'back.sqlite')]);
  t.is(back.exitCode, 0, back.stderr);
  t.deepEqual(await contentOf(sqlite('back.sqlite')), before);
  t.deepEqual(await contentOf(postgres()), before);
});

test('a repeated copy stores only what is missing', async t => {
  const { copy, sqlite, postgres } = await setUp(t);
  await withStore(sqlite(), fill);
  const controller = new AbortController();
  controller.abort();
  const interrupted = await copy(['to-postgres'], controller.signal);
  t.is(interrupted.exitCode, 130);
  t.regex(interrupted.stderr, /^Interrupted\. Copied 1 corrections .* Repeat the copy/);
  const rest = await copy(['to-postgres', '--json']);
  t.like(JSON.parse(rest.stdout), { correctionsRead: 4, correctionsStored: 3 });
  const again = await copy(['to-postgres', '--json']);
  t.is(again.exitCode, 0);
  t.like(JSON.parse(again.stdout), { correctionsStored: 0, disagreementsStored: 0 });
  t.is((await contentOf(postgres())).corrections.length, 4);
});

test('a dry run counts both stores and writes nothing, not even a schema', async t => {
  const { copy, sqlite, postgres } = await setUp(t);
  await withStore(sqlite(), fill);
  const counts = { corrections: 4, disagreements: 2 };
  const dry = await copy(['to-postgres', '--dry-run', '--json']);
  t.is(dry.exitCode, 0, dry.stderr);
  t.deepEqual(JSON.parse(dry.stdout), { type: 'dry-run', source: counts, target: null });
  await t.throwsAsync(postgres().read(), { code: 'feedback-missing' });
});

test('an empty source is nothing to copy, and a missing one an error', async t => {
  const { copy, sqlite, postgres } = await setUp(t);
  const missing = await copy(['to-sqlite']);
  t.is(missing.exitCode, 2);
  t.regex(missing.stderr, /^error feedback-missing: .* has no store/);
  await withStore(postgres(), async () => {});
  t.is((await copy(['to-sqlite'])).exitCode, 1);
  t.deepEqual(await contentOf(sqlite()), { corrections: [], disagreements: [] });
});

test('a full target is an error that says how far the copy came', async t => {
  const { env, sqlite, postgres } = await setUp(t);
  await withStore(sqlite(), async store => {
    for (let i = 1; i <= 4; i++) await store.add(entry(i, 400_000));
  });
  const full = await callTool('copy-feedback', ['to-postgres'], {
    env: { ...env, MAX_FEEDBACK_BYTES: '1048576' },
  });
  t.is(full.exitCode, 2);
  t.regex(full.stderr, /^Copied 2 corrections .*\nerror feedback-full: /);
  t.is((await contentOf(postgres())).corrections.length, 2);
});

test('stores of other versions are not read', async t => {
  const { copy, folder, sqlite } = await setUp(t);
  await withStore(sqlite(), fill);
  const setVersion = (version: number) => {
    const database = new DatabaseSync(join(folder, 'feedback.sqlite'));
    database.exec(`PRAGMA user_version = ${version}`);
    database.close();
  };
  setVersion(1);
  t.regex((await copy(['to-postgres'])).stderr, /^error feedback-too-old: /);
  setVersion(99);
  t.regex((await copy(['to-postgres'])).stderr, /^error feedback-too-new: /);
});
