import test, { type ExecutionContext } from 'ava';
import { Connection } from '../../../src/feedback/sqlite/connection.ts';
import { SqliteDisagreementStore } from '../../../src/feedback/sqlite/sqlite-disagreement-store.ts';
import { disagreement } from '../../support/feedback.ts';

const mebibyte = 1024 * 1024;
const page = { limit: 200, order: 'oldest' } as const;

/** A store of at most three disagreements, and its connection. */
async function openThree(t: ExecutionContext) {
  const connection = new Connection({ file: ':memory:', maxBytes: mebibyte });
  t.teardown(() => connection.close());
  const store = new SqliteDisagreementStore(connection, { maxCount: 3, maxBytes: mebibyte });
  return { connection, store };
}

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
