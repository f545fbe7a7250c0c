import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import type { NewDisagreement } from '../../src/feedback/disagreement.ts';
import { Connection } from '../../src/feedback/sqlite/connection.ts';
import { SqliteDisagreementStore } from '../../src/feedback/sqlite/sqlite-disagreement-store.ts';
import { SqliteFeedbackStore } from '../../src/feedback/sqlite/sqlite-feedback-store.ts';
import type { ServiceError } from '../../src/service-error.ts';

const mebibyte = 1024 * 1024;
const page = { limit: 200, order: 'oldest' } as const;

async function open(t: ExecutionContext, maxBytes = 100 * mebibyte): Promise<SqliteFeedbackStore> {
  const folder = await mkdtemp(join(tmpdir(), 'digits-api-'));
  const store = new SqliteFeedbackStore({ file: join(folder, 'feedback.sqlite'), maxBytes });
  t.teardown(async () => {
    store.close();
    await rm(folder, { recursive: true });
  });
  return store;
}

/** A store of at most three disagreements, and its connection. */
async function openThree(t: ExecutionContext) {
  const connection = new Connection({ file: ':memory:', maxBytes: mebibyte });
  t.teardown(() => connection.close());
  const store = new SqliteDisagreementStore(connection, { maxCount: 3, maxBytes: mebibyte });
  return { connection, store };
}

const answer = (digit: number, version: string) => ({
  digit,
  confidence: 0.75,
  accepted: true,
  reason: null,
  model: { name: 'digits', version, sha256: 'a'.repeat(64) },
});

function disagreement(index: number, bytes = 300): NewDisagreement {
  return {
    id: `id-${index}`,
    champion: answer(7, 'old-1'),
    shadow: { ...answer(3, 'new-1'), accepted: false, reason: 'uncertain' },
    input: { sha256: `${index}`.padStart(64, '0'), contentType: 'image/png', byteLength: bytes },
    createdAt: '2026-03-14T15:09:26.535Z',
    picture: new Uint8Array(bytes).fill(index),
    seen: new Uint8Array(784).fill(index),
    preprocessing: 'mnist-fit/2',
  };
}

async function idsOf(store: SqliteFeedbackStore) {
  const { items } = await store.disagreements.page(page);
  return items.map(({ id }) => id);
}

test('a disagreement is stored completely, and each picture once', async t => {
  const { disagreements } = await open(t);
  const { picture, seen: _seen, preprocessing: _name, ...shown } = disagreement(1);
  t.true(await disagreements.add(disagreement(1)));
  t.false(await disagreements.add({ ...disagreement(1), id: 'id-2' }));
  t.deepEqual(await disagreements.get('id-1'), shown);
  t.deepEqual(await disagreements.picture('id-1'), { bytes: picture, contentType: 'image/png' });
  t.deepEqual(await disagreements.page(page), { items: [shown], total: 1, next: null });
});

test('a labelled picture becomes a correction and leaves the list permanently', async t => {
  const store = await open(t);
  await store.disagreements.add(disagreement(1));
  const { entry, isNew } = (await store.disagreements.label('id-1', 3))!;
  t.true(isNew);
  t.like(entry, {
    id: 'id-1',
    label: 3,
    source: 'disagreement',
    predicted: 7,
    confidence: 0.75,
    accepted: true,
    model: { name: 'digits', version: 'old-1', sha256: 'a'.repeat(64) },
    input: disagreement(1).input,
  });
  t.deepEqual(await store.get('id-1'), entry);
  t.deepEqual((await store.picture('id-1'))?.bytes, disagreement(1).picture);
  t.deepEqual(await idsOf(store), []);
  t.is(await store.disagreements.label('id-1', 3), undefined);
  t.false(await store.disagreements.add({ ...disagreement(1), id: 'again' }));
});

test('a label that another process has just stored adds no second correction', async t => {
  const { connection, store } = await openThree(t);
  await store.add(disagreement(1));
  const { entry } = (await store.label('id-1', 3))!;
  // Stored by a process that had not seen the label yet.
  await connection.write(database => database.exec('UPDATE feedback SET label = 4'));
  await store.add(disagreement(2));
  const { sha256 } = entry.input;
  await connection.write(database =>
    database.exec(`UPDATE disagreements SET sha256 = '${sha256}'`),
  );
  t.deepEqual(await store.label('id-2', 4), { entry: { ...entry, label: 4 }, isNew: false });
  t.is((await store.page(page)).total, 0);
});

test('above the maximum number the oldest are deleted', async t => {
  const { store } = await openThree(t);
  for (const i of [1, 2, 3, 4, 5]) t.true(await store.add(disagreement(i)));
  const { total, items } = await store.page(page);
  t.is(total, 3);
  t.is(items[0]?.id, 'id-3');
});

test('they take at most a tenth of the file, and the oldest are deleted for the newest', async t => {
  const store = await open(t, 10 * mebibyte);
  for (const i of [1, 2, 3]) t.true(await store.disagreements.add(disagreement(i, 400 * 1024)));
  t.deepEqual(await idsOf(store), ['id-2', 'id-3']);
  t.false(await store.disagreements.add(disagreement(4, mebibyte + 1)));
  t.deepEqual(await idsOf(store), ['id-2', 'id-3']);
  t.true(await store.disagreements.add(disagreement(5, mebibyte)));
  t.deepEqual(await idsOf(store), ['id-5']);
});

test('where corrections fill the file, nothing is stored and nothing is lost', async t => {
  const store = await open(t, mebibyte / 4);
  await store.disagreements.add(disagreement(0));
  for (let i = 1; ; i++) {
    try {
      await store.add({ ...correction(i), picture: new Uint8Array(9000) });
    } catch {
      break;
    }
  }
  const error = await t.throwsAsync(store.disagreements.add(disagreement(1000, 20_000)));
  t.is((error as ServiceError).code, 'feedback-full');
  t.deepEqual(await idsOf(store), ['id-0']);
});

function correction(index: number) {
  const { champion, shadow: _, input, ...rest } = disagreement(index);
  const { digit: predicted, ...answered } = champion;
  const sha256 = `c${index}`.padStart(64, '0');
  const source = 'correction' as const;
  return { ...rest, ...answered, predicted, label: 4, source, input: { ...input, sha256 } };
}

test('a correction of the same picture removes it', async t => {
  const store = await open(t);
  await store.disagreements.add(disagreement(1));
  await store.disagreements.add(disagreement(2));
  await store.add({ ...correction(1), input: disagreement(1).input });
  t.deepEqual(await idsOf(store), ['id-2']);
});

test('a deleted picture can be stored again', async t => {
  const { disagreements } = await open(t);
  await disagreements.add(disagreement(1));
  t.true(await disagreements.delete('id-1'));
  t.false(await disagreements.delete('id-1'));
  t.is(await disagreements.get('id-1'), undefined);
  t.true(await disagreements.add(disagreement(1)));
});
