// The service with a PostgreSQL database: replicas that start together, a database that is away or
// killed, and a service that is killed.

import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { FeedbackEntry } from '@digits/protocol';
import test, { type ExecutionContext } from 'ava';
import pg from 'pg';
import { postgresStore } from '../src/feedback/postgres/open-store.ts';
import { ServiceError } from '../src/service-error.ts';
import { entry, picture } from '../test/support/feedback.ts';
import { startPostgres } from '../test/support/postgres.ts';
import { listeningUrl, spawnService } from '../test/support/service.ts';
import { writeTinyModel } from '../test/support/tiny-model.ts';

const server = await startPostgres();
test.after.always(() => server.close());

async function start(t: ExecutionContext, feedbackUrl: string, env: NodeJS.ProcessEnv = {}) {
  const modelsDir = await writeTinyModel();
  t.teardown(() => rm(modelsDir, { recursive: true }));
  const { child, log } = spawnService(t, {
    MODELS_DIR: modelsDir,
    DATA_DIR: modelsDir,
    PORT: '0',
    FEEDBACK_URL: feedbackUrl,
    MAX_EVENT_LOOP_DELAY_MS: '0',
    ...env,
  });
  const url = await listeningUrl(child);
  const post = (path: string, index: number) => {
    const headers = { 'content-type': 'image/png' };
    return fetch(`${url}${path}`, { method: 'POST', headers, body: picture(index) });
  };
  const readiness = async () => {
    const response = await fetch(`${url}/health/ready`);
    const { feedback } = (await response.json()) as { readonly feedback?: string };
    return { status: response.status, feedback };
  };
  return { child, log, url, post, readiness };
}

/** Repeats a check until it holds; the test's timeout bounds it. */
async function until(check: () => Promise<boolean>): Promise<void> {
  while (!(await check())) await pause(50);
}

const optionsFor = (url: string) => ({
  url: new URL(url),
  maxBytes: 1_000_000,
  poolSize: 2,
  timeoutMs: 60_000,
  onSlowQuery() {},
});

test.serial('of replicas that start together, one sets the database up', async t => {
  const options = optionsFor(await server.createDatabase());
  const openers = Array.from({ length: 6 }, () => postgresStore(options));
  t.teardown(() => {
    for (const opener of openers) opener.close();
  });
  const stores = await Promise.all(openers.map(opener => opener.open()));
  for (const [i, store] of stores.entries()) t.true((await store.add(entry(i))).isNew);
  t.is((await stores[0]!.page({}, { limit: 1, order: 'newest' })).total, 6);
});

test.serial('a database of a newer version is left as it is', async t => {
  const url = await server.createDatabase();
  const opener = postgresStore(optionsFor(url));
  t.teardown(() => opener.close());
  await opener.open();
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('UPDATE digits.version SET number = 99');
  await client.end();
  const error = await t.throwsAsync(opener.open(), { instanceOf: ServiceError });
  t.is(error?.code, 'feedback-too-new');
});

test.serial(
  'while the database is away, predictions go on and corrections are refused',
  async t => {
    t.timeout(180_000);
    const database = await server.createDatabase();
    await server.stop('SIGINT');
    const { log, post, readiness } = await start(t, database.replace('digits@', 'digits:secret@'));
    t.like(await readiness(), { status: 200, feedback: 'unavailable' });
    t.is((await post('/predict', 1)).status, 200);
    const refused = await post('/feedback?label=1', 1);
    t.is(refused.status, 503);
    t.is(refused.headers.get('retry-after'), '1');
    t.like(await refused.json(), { code: 'feedback-unavailable' });
    await server.start();
    await until(async () => (await post('/feedback?label=1', 1)).status === 201);
    t.like(await readiness(), { status: 200, feedback: 'available' });

    await server.stop('SIGKILL');
    t.is((await post('/feedback?label=2', 2)).status, 503);
    t.is((await post('/predict', 2)).status, 200);
    t.like(await readiness(), { feedback: 'unavailable' });
    await server.start();
    // A replica that gets no corrections finds the database again, too.
    await until(async () => (await readiness()).feedback === 'available');
    t.is((await post('/feedback?label=1', 1)).status, 200);
    t.false(log.lines.some(line => JSON.stringify(line).includes('secret')));
  },
);

test.serial('a database that does not answer is given up within its time limit', async t => {
  t.timeout(180_000);
  const database = await server.createDatabase();
  const { post } = await start(t, database, { FEEDBACK_TIMEOUT_MS: '300' });
  t.is((await post('/feedback?label=1', 1)).status, 201);
  const client = new pg.Client({ connectionString: database });
  await client.connect();
  await client.query('BEGIN; LOCK TABLE digits.usage');
  t.is((await post('/feedback?label=2', 2)).status, 503);
  t.is((await post('/predict', 2)).status, 200);
  await client.query('ROLLBACK');
  await client.end();
  t.is((await post('/feedback?label=2', 2)).status, 201);
});

test.serial('connections that end in a transaction or in an export end no service', async t => {
  t.timeout(180_000);
  const database = await server.createDatabase();
  const { child, url, post } = await start(t, database);
  t.is((await post('/feedback?label=1', 1)).status, 201);
  const client = new pg.Client({ connectionString: database });
  await client.connect();
  await client.query('BEGIN; LOCK TABLE digits.usage');
  const waiting = post('/feedback?label=2', 2);
  const others = "pid <> pg_backend_pid() AND application_name = 'digits-api'";
  const isWaiting = `SELECT FROM pg_stat_activity WHERE ${others} AND wait_event_type = 'Lock'`;
  await until(async () => (await client.query(isWaiting)).rowCount === 1);
  await client.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${others}`);
  t.is((await waiting).status, 503);
  await client.query('ROLLBACK');
  await client.end();
  await until(async () => (await post('/feedback?label=2', 2)).status === 201);
  t.is((await fetch(`${url}/feedback/export`)).status, 200);
  t.is(child.exitCode, null);
});

test.serial('a database that can only be read, or has lost its tables, is unavailable', async t => {
  t.timeout(180_000);
  const database = await server.createDatabase();
  const name = new URL(database).pathname.slice(1);
  const client = new pg.Client({ connectionString: database });
  await client.connect();
  const first = await start(t, database);
  t.is((await first.post('/feedback?label=1', 1)).status, 201);
  await client.query('ALTER SCHEMA digits RENAME TO elsewhere');
  t.is((await first.post('/feedback?label=2', 2)).status, 503);
  t.is((await fetch(`${first.url}/feedback`)).status, 503);
  await client.query('ALTER SCHEMA elsewhere RENAME TO digits');
  t.is((await first.post('/feedback?label=2', 2)).status, 201);
  await client.query(`ALTER DATABASE ${name} SET default_transaction_read_only = on`);
  await client.end();
  const second = await start(t, database);
  t.is((await second.post('/feedback?label=3', 3)).status, 503);
  await second.readiness();
  await second.log.waitFor(({ msg }) => /corrections are refused/.test(msg ?? ''));
  t.is((await second.readiness()).feedback, 'unavailable');
  t.is((await fetch(`${second.url}/feedback`)).status, 200);
  t.is((await second.readiness()).feedback, 'unavailable');
});

test.serial('every 201 survives kill -9 of the service and of the database', async t => {
  t.timeout(300_000);
  const database = await server.createDatabase();
  const answered = new Map<string, number>();
  let sent = 0;
  for (const victim of ['service', 'database'] as const) {
    const { child, post } = await start(t, database, { LOG_LEVEL: 'silent' });
    let answers = 0;
    const postUntilKilled = async () => {
      for (;;) {
        const index = sent++;
        const request = post(`/feedback?label=${Math.floor(index / 40)}`, index);
        if (answers === 12) {
          if (victim === 'service') child.kill('SIGKILL');
          else await server.stop('SIGKILL');
        }
        const response = await request.catch(() => undefined);
        if (response?.status !== 201) return;
        answers++;
        const { id } = (await response.json()) as FeedbackEntry;
        answered.set(id, index);
      }
    };
    await Promise.all([postUntilKilled(), postUntilKilled(), postUntilKilled()]);
    if (victim === 'database') await server.start();
    const exited = once(child, 'exit');
    if (child.kill('SIGKILL')) await exited;
  }
  t.true(answered.size >= 24, `${answered.size}`);
  const { url } = await start(t, database, { LOG_LEVEL: 'silent' });
  for (const [id, index] of answered) {
    const response = await fetch(`${url}/feedback/${id}/image`);
    t.deepEqual(Buffer.from(await response.arrayBuffer()), picture(index));
  }
});
