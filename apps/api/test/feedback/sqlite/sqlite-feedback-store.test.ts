import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import test, { type ExecutionContext } from 'ava';
import { openDatabase } from '../../../src/feedback/sqlite/database.ts';
import { migrate } from '../../../src/feedback/sqlite/migrations.ts';
import { SqliteFeedbackStore } from '../../../src/feedback/sqlite/sqlite-feedback-store.ts';
import { timeOrderedId } from '../../../src/feedback/stored-picture.ts';
import { ServiceError, type ServiceErrorCode } from '../../../src/service-error.ts';
import { entry } from '../../support/feedback.ts';

const mebibyte = 1024 * 1024;

async function newFile(t: ExecutionContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'digits-api-'));
  t.teardown(() => rm(folder, { recursive: true }));
  return join(folder, 'deep', 'feedback.sqlite');
}

async function open(t: ExecutionContext, file: string, maxBytes = mebibyte) {
  const store = new SqliteFeedbackStore({ file, maxBytes });
  t.teardown(() => store.close());
  return store;
}

async function failsWith(t: ExecutionContext, code: ServiceErrorCode, work: Promise<unknown>) {
  t.is((await t.throwsAsync(work, { instanceOf: ServiceError }))?.code, code);
}

test('folder and file are created, and keep added entries when reopened', async t => {
  const file = await newFile(t);
  const store = await open(t, file);
  const { picture, seen, preprocessing, ...shown } = entry(1);
  t.deepEqual(await store.add(entry(1)), { entry: shown, isNew: true });
  store.close();
  const again = await open(t, file);
  t.deepEqual(await again.get('id-1'), shown);
  t.deepEqual(await again.picture('id-1'), { bytes: picture, contentType: 'image/png' });
  t.is(seen.length, 784);
  t.is(preprocessing, 'mnist-fit/1');
});

test('several connections to the file see each other’s changes', async t => {
  const file = await newFile(t);
  const [one, other] = [await open(t, file), await open(t, file)];
  t.true((await one.add(entry(1))).isNew);
  t.false((await other.add({ ...entry(1), id: 'id-2' })).isNew);
  t.true(await other.delete('id-1'));
  t.is(await one.get('id-1'), undefined);
});

test('the file is in WAL mode, so that readers and writers do not block each other', async t => {
  const file = await newFile(t);
  (await open(t, file)).close();
  const reader = new DatabaseSync(file);
  t.teardown(() => reader.close());
  t.deepEqual({ ...reader.prepare('PRAGMA journal_mode').get() }, { journal_mode: 'wal' });
});

test('a commit waits for the disk, and deleted data is overwritten', async t => {
  const database = openDatabase(await newFile(t), mebibyte);
  t.teardown(() => database.close());
  // https://sqlite.org/pragma.html: 2 is FULL, 1 is ON.
  t.deepEqual({ ...database.prepare('PRAGMA synchronous').get() }, { synchronous: 2 });
  t.deepEqual({ ...database.prepare('PRAGMA secure_delete').get() }, { secure_delete: 1 });
});

test('a full store rejects entries until some are deleted', async t => {
  const store = await open(t, await newFile(t), mebibyte / 4);
  let count = 0;
  const fill = async () => {
    for (;;) await store.add(entry(++count, 9000));
  };
  await failsWith(t, 'feedback-full', fill());
  t.true(count > 10 && count < 30, `${count} of 9000 bytes`);
  t.true(await store.delete('id-1'));
  t.true((await store.add(entry(count, 9000))).isNew);
});

test('a file of a newer version is rejected unchanged', async t => {
  const file = await newFile(t);
  (await open(t, file)).close();
  const newer = new DatabaseSync(file);
  newer.exec('PRAGMA user_version = 99');
  newer.close();
  const before = await readFolder(dirname(file));
  failsToOpen(t, 'feedback-too-new', file);
  t.deepEqual(await readFolder(dirname(file)), before);
});

function failsToOpen(t: ExecutionContext, code: ServiceErrorCode, file: string): void {
  const error = t.throws(() => new SqliteFeedbackStore({ file, maxBytes: mebibyte }));
  t.is((error as ServiceError).code, code);
}

/** All files of a folder with their bytes. */
async function readFolder(folder: string): Promise<[string, Buffer][]> {
  const names = await readdir(folder);
  return Promise.all(names.map(async name => [name, await readFile(join(folder, name))]));
}

for (const [name, statements] of [
  ['a table', 'CREATE TABLE theirs (a)'],
  ['a log', 'PRAGMA journal_mode = WAL; CREATE TABLE theirs (a); PRAGMA application_id = 7'],
  ['no table', 'PRAGMA user_version = 3'],
]) {
  test(`another program's database with ${name} is rejected unchanged`, async t => {
    const file = await newFile(t);
    await mkdir(dirname(file));
    const foreign = new DatabaseSync(file);
    foreign.exec(statements!);
    // Copied while it is open, as a killed process leaves it: closing would empty its log.
    const copy = join(dirname(file), '..', 'feedback.sqlite');
    for (const [from, bytes] of await readFolder(dirname(file))) {
      if (!from.endsWith('-shm')) await writeFile(join(dirname(copy), from), bytes);
    }
    foreign.close();
    await rm(dirname(file), { recursive: true });
    const before = await readFolder(dirname(copy));
    failsToOpen(t, 'feedback-corrupt', copy);
    t.deepEqual(await readFolder(dirname(copy)), before);
  });
}

test('a store whose first transaction is only in its log is opened', async t => {
  const file = await newFile(t);
  await mkdir(dirname(file));
  const database = new DatabaseSync(file);
  t.teardown(() => database.close());
  database.exec('PRAGMA journal_mode = WAL');
  migrate(database, file);
  t.is((await readFile(file)).readUInt32BE(68), 0, 'no owner in the file itself');
  t.true((await (await open(t, file)).add(entry(1))).isNew);
});

test('a folder or a pipe in its place is an error', async t => {
  const file = await newFile(t);
  await mkdir(file, { recursive: true });
  failsToOpen(t, 'feedback-inaccessible', file);
  await rm(file, { recursive: true });
  await promisify(execFile)('mkfifo', [file]);
  failsToOpen(t, 'feedback-inaccessible', file);
});

test('a damaged row is an error, and can be deleted', async t => {
  const file = await newFile(t);
  const store = await open(t, file);
  const other = new DatabaseSync(file);
  t.teardown(() => other.close());
  other.exec('PRAGMA ignore_check_constraints = ON');
  for (const damage of [
    "reason = 'unknown'",
    "sha256 = 'a' || char(10)",
    "id = '../' || id",
    "created_at = 'x'",
    'label = 10',
  ]) {
    await store.add(entry(1));
    other.exec(`UPDATE feedback SET ${damage}`);
    await failsWith(t, 'feedback-corrupt', store.page({}, { limit: 1, order: 'newest' }));
    const { id } = other.prepare('SELECT id FROM feedback').get()!;
    t.true(await store.delete(String(id)), damage);
  }
});

test('a folder that cannot be created is an error', async t => {
  failsToOpen(t, 'feedback-inaccessible', '/dev/null/x/y');
});

test('an id begins with its time, as in the example of RFC 9562, and no two are equal', t => {
  const ids = [1, 2].map(() => timeOrderedId(new Date('2022-02-22T14:22:22-05:00')));
  for (const id of ids) t.regex(id, /^017f22e2-79b0-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  t.not(ids[0], ids[1]);
});
