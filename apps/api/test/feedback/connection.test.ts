import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import test, { type ExecutionContext } from 'ava';
import { transact } from '../../src/feedback/transaction.ts';

async function newFolder(t: ExecutionContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'digits-api-'));
  t.teardown(() => rm(folder, { recursive: true }));
  return folder;
}

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
  'on a full disk what is answered is stored, and deleting makes space again',
  async t => {
    const script = fileURLToPath(new URL('fill-disk.ts', import.meta.url));
    const program = [...inNamespace, process.execPath, script, await newFolder(t)];
    const { stdout } = await promisify(execFile)('unshare', program);
    const { answered, stored, deleted, ...rest } = JSON.parse(stdout);
    t.true(answered > 100 && answered < 500, `${answered}`);
    t.deepEqual([stored, deleted], [answered, answered]);
    t.deepEqual(rest, { codes: ['feedback-full'], isFull: true, isNew: true });
  },
);
