import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import test, { type ExecutionContext } from 'ava';
import { pino } from 'pino';
import { FeedbackAccess, type FeedbackAccessEvent } from '../../../src/feedback/feedback-access.ts';
import { sqliteStore } from '../../../src/feedback/sqlite/open-store.ts';
import { SqliteFeedbackStore } from '../../../src/feedback/sqlite/sqlite-feedback-store.ts';
import { transact } from '../../../src/feedback/sqlite/transaction.ts';
import { Problem } from '../../../src/problem.ts';
import { ServiceError } from '../../../src/service-error.ts';
import { entry } from '../../support/feedback.ts';
import { LogLines } from '../../support/log-lines.ts';

async function newFolder(t: ExecutionContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'digits-api-'));
  t.teardown(() => rm(folder, { recursive: true }));
  return folder;
}

async function newAccess(t: ExecutionContext, log = new LogLines()) {
  const file = join(await newFolder(t), 'feedback.sqlite');
  const events: FeedbackAccessEvent[] = [];
  const access = new FeedbackAccess(
    sqliteStore({ file, maxBytes: 10_000_000 }),
    pino({}, log),
    event => events.push(event),
  );
  t.teardown(() => access.close());
  return { file, access, events };
}

// Serial, because the clock is that of all tests.
test.serial('every access is reported with its result, and one of a second is logged', async t => {
  const log = new LogLines();
  const { file, access, events } = await newAccess(t, log);
  const now = performance.now.bind(performance);
  t.teardown(() => Object.assign(performance, { now }));
  let passedMs = 0;
  performance.now = () => passedMs;
  await access.use('add-correction', async store => {
    passedMs += 1000;
    return store.add(entry(1));
  });
  t.true(log.lines.some(({ msg }) => msg?.startsWith('slow access')));
  await t.throwsAsync(
    access.use('list-correction', store =>
      store.page({ since: 'noon' }, { limit: 1, order: 'newest' }),
    ),
  );
  access.close();
  await rm(dirname(file), { recursive: true });
  await writeFile(dirname(file), '');
  await t.throwsAsync(access.use('probe', () => {}));
  const add = { store: 'sqlite', operation: 'add-correction', result: 'ok', durationMs: 1000 };
  const [first, second, third] = events;
  t.deepEqual(first, { ...add, isAvailable: true } as FeedbackAccessEvent);
  t.like(second, { operation: 'list-correction', result: 'bad-request', isAvailable: true });
  t.like(third, { operation: 'probe', result: 'feedback-inaccessible', isAvailable: false });
});

test.serial(
  'what can be read but not written is not available, as the next check finds',
  async t => {
    const { access } = await newAccess(t);
    const read = () => access.use('get-correction', store => store.get('id-1'));
    await access.use('add-correction', store => store.add(entry(1)));
    const readOnly = new ServiceError('feedback-inaccessible', 'it can only be read');
    const { ping } = SqliteFeedbackStore.prototype;
    t.teardown(() => Object.assign(SqliteFeedbackStore.prototype, { ping }));
    let probes = 0;
    SqliteFeedbackStore.prototype.ping = () => Promise.reject(++probes && readOnly);
    t.truthy(await read());
    t.is(await access.state(), 'available');
    await access.probe();
    t.is(await access.state(), 'unavailable');
    t.truthy(await read());
    t.is(await access.state(), 'unavailable');
    t.is(probes, 2, 'many checks ask the store once a second');
    SqliteFeedbackStore.prototype.ping = ping;
    await access.probe();
    t.is(await access.state(), 'available');
  },
);

test('an error of the commit is thrown, nothing is stored, and the connection works on', t => {
  const database = new DatabaseSync(':memory:');
  t.teardown(() => database.close());
  // The reference is checked at the commit.
  database.exec(`CREATE TABLE pictures (id INTEGER PRIMARY KEY,
    twin INTEGER REFERENCES pictures (id) DEFERRABLE INITIALLY DEFERRED)`);
  const insert = database.prepare('INSERT INTO pictures VALUES (?, ?) RETURNING id');
  t.deepEqual({ ...insert.get(1, 99) }, { id: 1 }, 'without a transaction no error is seen');
  t.throws(() => transact(database, () => insert.get(2, 99)), { message: /FOREIGN KEY/ });
  t.false(database.isTransaction);
  transact(database, () => insert.get(3, 3));
  const stored = database.prepare('SELECT id FROM pictures').all();
  t.deepEqual(
    stored.map(({ id }) => id),
    [3],
  );
});

/** Runs a program as root of a namespace, in which it can mount a disk that ends with it. */
const inNamespace = ['--user', '--map-root-user', '--mount'];
const canMount = spawnSync('unshare', [...inNamespace, 'mount', '-t', 'tmpfs', 'x', tmpdir()]);

const testWithMount = canMount.status === 0 ? test : test.skip;

testWithMount(
  'on a full disk what is answered is stored, and deleting makes space again; a read-only file is found',
  async t => {
    const script = fileURLToPath(new URL('fill-disk.ts', import.meta.url));
    const program = [...inNamespace, process.execPath, script, await newFolder(t)];
    const { stdout } = await promisify(execFile)('unshare', program);
    const { answered, stored, deleted, ...rest } = JSON.parse(stdout);
    t.true(answered > 100 && answered < 500, `${answered}`);
    t.deepEqual([stored, deleted], [answered, answered]);
    const found = { codes: ['feedback-full'], isFull: true, isNew: true };
    t.deepEqual(rest, { ...found, readOnly: 'feedback-inaccessible' });
  },
);

test('a locked file can be read, is waited for, and is an error if it takes too long', async t => {
  const { file, access } = await newAccess(t);
  await access.probe();
  const other = new DatabaseSync(file);
  t.teardown(() => other.close());
  other.exec('BEGIN EXCLUSIVE');
  const added = access.use('add-correction', store => store.add(entry(1)));
  t.is(await access.use('get-correction', store => store.get('id-1')), undefined);
  other.exec('COMMIT');
  t.true((await added).isNew);
  other.exec('BEGIN IMMEDIATE');
  const deleted = access.use('delete-correction', store => store.delete('id-1'));
  t.is((await t.throwsAsync(deleted, { instanceOf: Problem }))?.code, 'feedback-unavailable');
  t.is(await access.state(), 'unavailable');
  other.exec('ROLLBACK');
  t.true(await access.use('delete-correction', store => store.delete('id-1')));
  t.is(await access.state(), 'available');
});

test('of many requests that wait for a lock, those above a limit are refused at once', async t => {
  const { file, access } = await newAccess(t);
  await access.probe();
  const other = new DatabaseSync(file);
  t.teardown(() => other.close());
  other.exec('BEGIN IMMEDIATE');
  const add = (index: number) => access.use('add-correction', store => store.add(entry(index)));
  const waiting = Array.from({ length: 32 }, (_, index) => add(index));
  await t.throwsAsync(add(32), { instanceOf: Problem, message: /log/ });
  other.exec('ROLLBACK');
  t.true((await Promise.all(waiting)).every(({ isNew }) => isNew));
});

test('a long read takes many turns of the event loop, and others wait for it', async t => {
  const { file, access } = await newAccess(t);
  await access.use('add-correction', store => store.add(entry(1)));
  const database = new DatabaseSync(file);
  t.teardown(() => database.close());
  database.exec(`
    WITH RECURSIVE rows (i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM rows WHERE i < 1000)
    INSERT INTO feedback SELECT i, 'id-' || i, label, source, predicted, confidence, accepted, reason,
      model_name, model_version, model_sha256, created_at, printf('%064d', i), content_type,
      byte_length, preprocessing, seen, picture FROM feedback, rows`);
  let turns = 0;
  const count = () => {
    turns++;
    immediate = setImmediate(count);
  };
  let immediate = setImmediate(count);
  const read = (label: number) =>
    access.use('list-correction', store => store.page({ label }, { limit: 10, order: 'newest' }));
  const [none, all] = await Promise.all([read(3), read(4)]);
  clearImmediate(immediate);
  t.deepEqual([none.total, all.total, all.items.length, all.next], [0, 1000, 10, '991']);
  t.true(turns >= 10, `${turns} turns`);
});

test('a file that replaces the open one is the store from then on', async t => {
  const { file, access } = await newAccess(t);
  await access.use('add-correction', store => store.add(entry(1)));
  for (const name of await readdir(dirname(file))) await rm(join(dirname(file), name));
  t.is(await access.use('get-correction', store => store.get('id-1')), undefined);
  await access.use('add-correction', store => store.add(entry(2)));
  const other = new SqliteFeedbackStore({ file, maxBytes: 10_000_000 });
  t.teardown(() => other.close());
  t.truthy(await other.get('id-2'));
});
