import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test, { type ExecutionContext } from 'ava';
import { SqliteFeedbackStore } from '../../../src/feedback/sqlite/sqlite-feedback-store.ts';
import { versionOf, writeVersion1 } from './version-1.ts';

const newest = 2;
const page = { limit: 50, order: 'newest' } as const;

async function newFile(t: ExecutionContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'digits-api-'));
  t.teardown(() => rm(folder, { recursive: true }));
  return join(folder, 'feedback.sqlite');
}

async function hasAll(t: ExecutionContext, file: string, maxBytes: number): Promise<void> {
  const store = new SqliteFeedbackStore({ file, maxBytes });
  t.teardown(() => store.close());
  t.like(await store.get('kept'), { label: 4, source: 'practice', predicted: 9 });
  t.deepEqual(Buffer.from((await store.picture('kept'))!.bytes), Buffer.from('bytes'));
  t.deepEqual(await store.disagreements.page(page), { items: [], total: 0, next: null });
  t.is(versionOf(file), newest);
}

test('a database of version 1 is migrated to the newest with its content', async t => {
  const file = await newFile(t);
  writeVersion1(file);
  await hasAll(t, file, 1_000_000);
});

test('a full database is migrated too', async t => {
  const file = await newFile(t);
  writeVersion1(file, 300_000);
  await hasAll(t, file, 200_000);
});

test('a process killed before the commit leaves the old version', async t => {
  const file = await newFile(t);
  writeVersion1(file);
  const script = fileURLToPath(new URL('killed-migration.ts', import.meta.url));
  const child = fork(script, [file]);
  t.teardown(() => child.kill('SIGKILL'));
  const [, signal] = await once(child, 'exit');
  t.is(signal, 'SIGKILL');
  t.is(versionOf(file), 1);
  await hasAll(t, file, 1_000_000);
});
