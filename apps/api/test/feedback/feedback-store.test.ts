import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import test, { type ExecutionContext } from 'ava';
import { openDatabase } from '../../src/feedback/database.ts';
import type { NewFeedbackEntry } from '../../src/feedback/feedback-entry.ts';
import { FeedbackStore } from '../../src/feedback/feedback-store.ts';
import { ServiceError, type ServiceErrorCode } from '../../src/service-error.ts';

const mebibyte = 1024 * 1024;

async function newFile(t: ExecutionContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'digits-api-'));
  t.teardown(() => rm(folder, { recursive: true }));
  return join(folder, 'deep', 'feedback.sqlite');
}

function open(t: ExecutionContext, file: string, maxBytes = mebibyte): FeedbackStore {
  const store = new FeedbackStore(file, maxBytes);
  t.teardown(() => store.close());
  return store;
}

function entry(index: number, bytes = 300): NewFeedbackEntry {
  return {
    id: `id-${index}`,
    label: 4,
    source: 'correction',
    predicted: null,
    confidence: 0.5,
    accepted: false,
    reason: 'uncertain',
    model: { name: 'digits', version: 'tiny-1', sha256: 'a'.repeat(64) },
    input: { sha256: `${index}`.padStart(64, '0'), contentType: 'image/png', byteLength: bytes },
    createdAt: '2026-03-14T15:09:26.535Z',
    picture: new Uint8Array(bytes).fill(index),
    seen: new Uint8Array(784),
    preprocessing: 'mnist-fit/1',
  };
}

function failsWith(t: ExecutionContext, code: ServiceErrorCode, work: () => unknown): void {
  t.is(t.throws(work, { instanceOf: ServiceError })?.code, code);
}

test('folder and file are created, and keep added entries when reopened', async t => {
  const file = await newFile(t);
  const store = open(t, file);
  const { picture, seen, preprocessing, ...shown } = entry(1);
  t.deepEqual(store.add(entry(1)), { entry: shown, isNew: true });
  store.close();
  const again = open(t, file);
  t.deepEqual(again.get('id-1'), shown);
  t.deepEqual(again.picture('id-1'), { bytes: picture, contentType: 'image/png' });
  t.is(seen.length, 784);
  t.is(preprocessing, 'mnist-fit/1');
});

test('several connections to the file see each other’s changes', async t => {
  const file = await newFile(t);
  const [one, other] = [open(t, file), open(t, file)];
  t.true(one.add(entry(1)).isNew);
  t.false(other.add({ ...entry(1), id: 'id-2' }).isNew);
  t.true(other.delete('id-1'));
  t.is(one.get('id-1'), undefined);
});

test('the file is in WAL mode, so that readers and writers do not block each other', async t => {
  const file = await newFile(t);
  open(t, file).close();
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
  const store = open(t, await newFile(t), mebibyte / 4);
  let count = 0;
  failsWith(t, 'feedback-full', () => {
    for (;;) store.add(entry(++count, 9000));
  });
  t.true(count > 10 && count < 30, `${count} of 9000 bytes`);
  t.true(store.delete('id-1'));
  t.true(store.add(entry(count, 9000)).isNew);
});

test('a file of a newer version is rejected unchanged', async t => {
  const file = await newFile(t);
  open(t, file).close();
  const newer = new DatabaseSync(file);
  newer.exec('PRAGMA user_version = 99');
  newer.close();
  failsWith(t, 'feedback-too-new', () => new FeedbackStore(file, mebibyte));
});

test("another program's database is rejected unchanged", async t => {
  const file = await newFile(t);
  open(t, file).close();
  await rm(file);
  const foreign = new DatabaseSync(file);
  foreign.exec('CREATE TABLE theirs (a)');
  foreign.close();
  failsWith(t, 'feedback-corrupt', () => new FeedbackStore(file, mebibyte));
});

test('a file locked for too long by another writer is an error', async t => {
  const file = await newFile(t);
  const store = open(t, file);
  const other = new DatabaseSync(file);
  t.teardown(() => other.close());
  other.exec('BEGIN IMMEDIATE');
  failsWith(t, 'feedback-busy', () => store.add(entry(1)));
});

test('a folder that cannot be created is an error', t => {
  failsWith(t, 'feedback-inaccessible', () => new FeedbackStore('/dev/null/x/y', mebibyte));
});
