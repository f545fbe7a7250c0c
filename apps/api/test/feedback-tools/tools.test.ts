// The tools of the store as far as they need no database; test-long/copy-feedback.test.ts has the rest.

import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import test, { type ExecutionContext } from 'ava';
import { sqliteStore } from '../../src/feedback/sqlite/open-store.ts';
import { SqliteFeedbackStore } from '../../src/feedback/sqlite/sqlite-feedback-store.ts';
import { disagreement, entry } from '../support/feedback.ts';
import { callTool } from '../support/tools.ts';

const maxBytes = 10_000_000;
/** Port 1 has no database. */
const away = 'postgres://user:secret@127.0.0.1:1/digits';

async function newFolder(t: ExecutionContext) {
  const folder = await mkdtemp(join(tmpdir(), 'digits-api-'));
  t.teardown(() => rm(folder, { recursive: true }));
  return folder;
}

async function newStore(t: ExecutionContext, folder: string, count: number) {
  const store = new SqliteFeedbackStore({ file: join(folder, 'feedback.sqlite'), maxBytes });
  t.teardown(() => store.close());
  for (let i = 1; i <= count; i++) await store.add(entry(i));
  return store;
}

test('a backup of a store that is in use has all that was stored, in one file', async t => {
  const folder = await newFolder(t);
  const store = await newStore(t, folder, 5);
  await store.disagreements.add(disagreement(9));
  const env = { DATA_DIR: folder };
  const target = join(folder, 'backup.sqlite');
  const { exitCode, stdout, stderr } = await callTool('back-up-feedback', ['--json', target], {
    env,
  });
  t.is(exitCode, 0, stderr);
  const counts = { corrections: 5, disagreements: 1 };
  t.deepEqual(JSON.parse(stdout), { type: 'backed-up', file: target, ...counts });
  store.close();
  const database = new DatabaseSync(target, { readOnly: true });
  t.deepEqual({ ...database.prepare('PRAGMA journal_mode').get() }, { journal_mode: 'delete' });
  database.close();
  t.deepEqual(
    (await readdir(folder)).filter(name => name.startsWith('backup')),
    ['backup.sqlite'],
  );
  const opener = sqliteStore({ file: target, maxBytes });
  const restored = await opener.open();
  t.deepEqual((await restored.get('id-3'))?.createdAt, entry(3).createdAt);
  restored.close();
  const again = await callTool('back-up-feedback', [target], { env });
  t.is(again.exitCode, 2);
  t.regex(again.stderr, /exists; name a new file/);
});

for (const [name, args] of [
  ['back-up-feedback', ['backup.sqlite']],
  ['copy-feedback', ['to-postgres']],
] as const) {
  test(`${name} creates nothing where there is no store`, async t => {
    const folder = await newFolder(t);
    const env = { DATA_DIR: folder, FEEDBACK_URL: away };
    const { exitCode, stderr } = await callTool(name, args, { env });
    t.is(exitCode, 2);
    t.regex(stderr, /^error feedback-missing: .*feedback\.sqlite does not exist\n$/);
    t.deepEqual(await readdir(folder), []);
  });

  test(`${name} leaves a file of another program as it is`, async t => {
    const folder = await newFolder(t);
    await writeFile(join(folder, 'feedback.sqlite'), 'text');
    const env = { DATA_DIR: folder, FEEDBACK_URL: away };
    const { exitCode, stderr } = await callTool(name, args, { env });
    t.is(exitCode, 2);
    t.regex(stderr, /^error feedback-corrupt: /);
  });

  test(`${name} explains itself, and rejects unknown options`, async t => {
    const help = await callTool(name, ['--help'], { env: {} });
    t.is(help.exitCode, 0);
    t.regex(help.stdout, new RegExp(`^Usage: ${name} `));
    const unknown = await callTool(name, ['--unknown'], { env: {} });
    t.is(unknown.exitCode, 2);
    t.regex(unknown.stderr, /--unknown.*\nSee --help/);
    t.is((await callTool(name, [], { env: {} })).exitCode, 2);
  });
}

test('a copy without FEEDBACK_URL, or to a database that is away, changes nothing', async t => {
  const folder = await newFolder(t);
  (await newStore(t, folder, 1)).close();
  const none = await callTool('copy-feedback', ['to-postgres'], { env: { DATA_DIR: folder } });
  t.is(none.exitCode, 2);
  t.regex(none.stderr, /^error invalid-config: FEEDBACK_URL/);
  const env = { DATA_DIR: folder, FEEDBACK_URL: away };
  const refused = await callTool('copy-feedback', ['to-postgres'], { env });
  t.is(refused.exitCode, 2);
  t.regex(refused.stderr, /^error feedback-inaccessible: 127\.0\.0\.1:1\/digits: /);
  t.false(refused.stderr.includes('secret'));
});
