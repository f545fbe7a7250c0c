// The outbox and its folder.

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import test, { type ExecutionContext } from 'ava';
import { AppError } from '../../src/app-error.ts';
import type { OutboxEntry } from '../../src/outbox/entry.ts';
import { createOutbox, type OutboxEvent } from '../../src/outbox/outbox.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { entryOf } from './entries.ts';

const away = new AppError('service-unreachable', 'gone');
const problem = (status: number) => new AppError('service-problem', 'no', { status });

/** An outbox, the entries that it sent, and its events; `failures` are thrown first, in order. */
function setUp(t: ExecutionContext, failures: readonly Error[] = [], folder = temporaryFolder(t)) {
  const left = [...failures];
  const sent: number[] = [];
  const events: OutboxEvent[] = [];
  const outbox = createOutbox({
    folder,
    async send({ drawnAt }: OutboxEntry) {
      const failure = left.shift();
      if (failure !== undefined) throw failure;
      sent.push(drawnAt);
      return { id: `id of ${drawnAt}` };
    },
  });
  outbox.onChange(event => events.push(event));
  return { outbox, folder, sent, events };
}

const files = (folder: string) => readdirSync(folder).filter(name => name.endsWith('.json'));

function startChild(name: string, folder: string) {
  const entry = fileURLToPath(new URL(`./children/${name}.ts`, import.meta.url));
  return spawn(process.execPath, [entry, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
}

test('a correction is on disk when it is reported as saved, and is removed when it is sent', async t => {
  const { outbox, folder, sent, events } = setUp(t);
  const name = await outbox.add(entryOf(7));
  t.deepEqual(files(folder), [name]);
  t.is(await outbox.pending(), 1);
  await outbox.flush();
  t.deepEqual(sent, [7]);
  t.deepEqual(readdirSync(folder), []);
  t.deepEqual(events, [{ type: 'saved' }, { type: 'sent', name, id: 'id of 7' }]);
});

test('a waiting correction is listed, and can be removed before it is sent', async t => {
  const { outbox, folder, sent, events } = setUp(t);
  const name = await outbox.add(entryOf(7));
  const newer = await outbox.add(entryOf(8));
  const listed = await outbox.list();
  t.deepEqual(
    listed.map(each => [each.name, each.entry.drawnAt]),
    [
      [newer, 8],
      [name, 7],
    ],
  );
  t.true(await outbox.remove(name));
  t.false(await outbox.remove(name));
  t.false(await outbox.remove('../notes.json'));
  t.deepEqual(files(folder), [newer]);
  t.deepEqual(events.at(-1), { type: 'removed' });
  await outbox.flush();
  t.deepEqual(sent, [8]);
});

test('the entry that is sent equals the one that was added', async t => {
  const received: OutboxEntry[] = [];
  const outbox = createOutbox({
    folder: temporaryFolder(t),
    async send(entry) {
      received.push(entry);
      return { id: 'a' };
    },
  });
  const entry = { ...entryOf(1_700_000_000_003), source: 'practice' } as const;
  await outbox.add(entry);
  await outbox.flush();
  t.deepEqual(
    received.map(({ png, ...rest }) => ({ ...rest, png: [...png] })),
    [{ ...entry, png: [...entry.png] }],
  );
});

test('the oldest entry is sent first', async t => {
  const { outbox, sent } = setUp(t);
  for (const drawnAt of [11, 2, 1_700_000_000_000, 5]) await outbox.add(entryOf(drawnAt));
  await outbox.flush();
  t.deepEqual(sent, [2, 5, 11, 1_700_000_000_000]);
});

for (const [what, failure] of [
  ['is away', away],
  ['is in a hurry', problem(429)],
  ['waits too long', problem(408)],
  ['wants another key', problem(401)],
  ['has no such route', problem(404)],
  ['has a problem of its own', problem(500)],
] as const) {
  test(`a service that ${what} leaves all entries in the outbox`, async t => {
    const { outbox, sent } = setUp(t, [failure]);
    await outbox.add(entryOf(2));
    await outbox.add(entryOf(3));
    await outbox.flush();
    t.deepEqual(sent, []);
    t.is(await outbox.pending(), 2);
    await outbox.flush();
    t.deepEqual(sent, [2, 3]);
  });
}

for (const status of [400, 413, 415, 422]) {
  test(`a correction that is refused with ${status} is moved aside, and the next is sent`, async t => {
    const { outbox, folder, sent, events } = setUp(t, [problem(status)]);
    await outbox.add(entryOf(2));
    await outbox.add(entryOf(3));
    await outbox.flush();
    t.deepEqual(sent, [3]);
    t.is(files(join(folder, 'refused')).length, 1);
    t.is(await outbox.pending(), 0);
    t.like(events[2], { type: 'refused', why: 'no' });
    t.like(events[3], { type: 'sent' });
  });
}

test('a file that is not an entry is moved aside and not sent', async t => {
  const { outbox, folder, sent } = setUp(t);
  await outbox.add(entryOf(13));
  const [name = ''] = files(folder);
  for (const [index, content] of ['', '{', '[]', '{"label":10}', '{"png":"AAAA"}'].entries()) {
    writeFileSync(join(folder, name.replace(/^\d{13}/, `000000000000${index}`)), content);
  }
  const fifo = join(folder, name.replace(/^\d{13}/, '0000000000005'));
  t.is(spawnSync('mkfifo', [fifo]).status, 0);
  await outbox.flush();
  t.deepEqual(sent, [13]);
  t.is(files(join(folder, 'refused')).length, 6);
});

test('other files in the folder are ignored', async t => {
  const { outbox, folder } = setUp(t);
  writeFileSync(join(folder, 'notes.json'), '{}');
  await outbox.flush();
  t.is(await outbox.pending(), 0);
  t.deepEqual(readdirSync(folder), ['notes.json']);
});

test('an entry that is added during a flush is sent too', async t => {
  const folder = temporaryFolder(t);
  const sent: number[] = [];
  const outbox = createOutbox({
    folder,
    async send({ drawnAt }) {
      sent.push(drawnAt);
      if (drawnAt === 2) {
        await outbox.add(entryOf(1));
        void outbox.flush();
      }
      return { id: 'a' };
    },
  });
  await outbox.add(entryOf(2));
  await outbox.flush();
  t.deepEqual(sent, [2, 1]);
});

test('several apps with one outbox send each correction once', async t => {
  const folder = temporaryFolder(t);
  const apps = [setUp(t, [], folder), setUp(t, [], folder), setUp(t, [], folder)];
  for (let drawnAt = 0; drawnAt < 29; drawnAt++)
    await apps[drawnAt % 3]?.outbox.add(entryOf(drawnAt));
  await Promise.all(apps.map(({ outbox }) => outbox.flush()));
  const sent = apps.flatMap(app => app.sent).sort((one, other) => one - other);
  t.deepEqual(sent, [...Array(29).keys()]);
  t.deepEqual(files(folder), []);
});

test('every correction that was reported as saved survives kill -9', async t => {
  const { outbox, folder, sent } = setUp(t);
  const child = startChild('keeps-adding', folder);
  let safe = -1;
  for await (const line of createInterface({ input: child.stdout })) {
    safe = Number(line);
    if (safe === 12) child.kill('SIGKILL');
  }
  await outbox.flush();
  t.true(safe >= 12);
  for (let drawnAt = 0; drawnAt <= safe; drawnAt++) t.true(sent.includes(drawnAt), `${drawnAt}`);
});

test('a claim of an app that was killed is recovered by the next app', async t => {
  const { outbox, folder, sent } = setUp(t);
  await outbox.add(entryOf(5));
  await once(startChild('dies-sending', folder), 'close');
  t.deepEqual(files(folder), []);
  t.is(await outbox.pending(), 1);
  await outbox.flush();
  t.deepEqual(sent, [5]);
});

test('a claim of another machine is not recovered', async t => {
  const { outbox, folder, sent } = setUp(t);
  await outbox.add(entryOf(5));
  const [name = ''] = files(folder);
  renameSync(join(folder, name), join(folder, `${name}.another-${hostname()}.1.claimed`));
  await outbox.flush();
  t.deepEqual(sent, []);
  t.is(await outbox.pending(), 1);
});

test('a folder that cannot be written is an error, and nothing is reported as saved', async t => {
  const file = join(temporaryFolder(t), 'file');
  writeFileSync(file, '');
  const folder = join(file, 'outbox');
  const { outbox, events } = setUp(t, [], folder);
  const reason = 'one of its folders is a file';
  t.like(await t.throwsAsync(outbox.add(entryOf(1))), {
    code: 'outbox-not-writable',
    message: `The correction cannot be saved in ${folder}: ${reason}.`,
  });
  t.deepEqual(events, []);
});

test('a folder that cannot be listed is an error', async t => {
  const folder = join(temporaryFolder(t), 'file');
  writeFileSync(folder, '');
  const { outbox } = setUp(t, [], folder);
  t.like(await t.throwsAsync(outbox.pending()), { code: 'outbox-not-readable' });
  t.like(await t.throwsAsync(outbox.flush()), { code: 'outbox-not-readable' });
});

test('a missing folder is an empty outbox', async t => {
  const { outbox } = setUp(t, [], join(temporaryFolder(t), 'not', 'there'));
  await outbox.flush();
  t.is(await outbox.pending(), 0);
});

test('other users cannot read the entries', async t => {
  const { outbox, folder } = setUp(t, [], join(temporaryFolder(t), 'outbox'));
  await outbox.add(entryOf(1));
  t.is(statSync(folder).mode & 0o777, 0o700);
  t.is(statSync(join(folder, files(folder)[0] ?? '')).mode & 0o777, 0o600);
});
