import { spawnSync } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import type { AppError } from '../../src/app-error.ts';
import type { SessionEvent } from '../../src/storage/session-event.ts';
import { createSessionRecorder } from '../../src/storage/session-recorder.ts';
import { readSession, replaySession } from '../../src/storage/session-replay.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const never = new AbortController().signal;

test('each event of a session is written at once, as a line', t => {
  const file = join(temporaryFolder(t), 'session.jsonl');
  let now = 1000;
  const recorder = createSessionRecorder({ file, now: () => now, onError: () => t.fail() });
  recorder.resize(101, 37);
  now += 13.4;
  recorder.input(Buffer.from('\u{1b}[<0;5;11M'));
  now += 7;
  recorder.answer({ digit: 7, reason: null });
  t.is(
    readFileSync(file, 'utf8'),
    [
      '{"t":0,"resize":[101,37]}',
      '{"t":13,"input":"G1s8MDs1OzExTQ=="}',
      '{"t":20,"answer":{"digit":7,"reason":null}}',
      '',
    ].join('\n'),
  );
  recorder.close();
  recorder.close();
});

test('other users cannot read the file', t => {
  const file = join(temporaryFolder(t), 'session.jsonl');
  createSessionRecorder({ file, onError: () => t.fail() }).close();
  t.is(statSync(file).mode & 0o777, 0o600);
});

test('a file that cannot be opened is an error', t => {
  const file = join(temporaryFolder(t), 'not', 'there');
  t.like(
    t.throws(() => createSessionRecorder({ file, onError: () => t.fail() })),
    {
      code: 'session-not-writable',
      message: `The session cannot be written to ${file}: there is no such file or folder.`,
    },
  );
});

test('a FIFO is neither written to nor replayed, and not waited for', t => {
  const file = join(temporaryFolder(t), 'fifo');
  t.is(spawnSync('mkfifo', [file]).status, 0);
  t.like(
    t.throws(() => createSessionRecorder({ file, onError: () => t.fail() })),
    { code: 'session-not-writable' },
  );
  t.like(
    t.throws(() => readSession(file)),
    { code: 'session-not-readable' },
  );
});

test('a full disk is reported once, and the app continues', t => {
  const errors: AppError[] = [];
  const recorder = createSessionRecorder({
    file: '/dev/full',
    onError: error => errors.push(error),
  });
  recorder.input(Buffer.from('a'));
  recorder.input(Buffer.from('b'));
  recorder.close();
  t.deepEqual(
    errors.map(({ code }) => code),
    ['session-not-writable'],
  );
});

test('a recording is replayed byte for byte and in order', async t => {
  const file = join(temporaryFolder(t), 'session.jsonl');
  const recorder = createSessionRecorder({ file, onError: () => t.fail() });
  const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
  recorder.resize(101, 37);
  recorder.input(bytes);
  recorder.answer({ digit: 3 });
  recorder.resize(83, 29);
  recorder.close();
  const played: unknown[] = [];
  const target = {
    input: (input: Uint8Array) => played.push([...input]),
    resize: (columns: number, rows: number) => played.push([columns, rows]),
  };
  await replaySession(readSession(file), target, { speed: 'max', signal: never });
  t.deepEqual(played, [[101, 37], [...bytes], [83, 29]]);
});

test('at the recorded speed a replay takes as long as the session', async t => {
  const events: SessionEvent[] = [0, 30, 20, 60].map(time => ({
    t: time,
    type: 'input',
    bytes: Buffer.from(`${time}`),
  }));
  const played: string[] = [];
  const begun = performance.now();
  const target = { input: (bytes: Uint8Array) => played.push(`${bytes}`), resize: () => {} };
  await replaySession(events, target, { speed: 'recorded', signal: never });
  // Timers may be a millisecond early.
  t.true(performance.now() - begun >= 58);
  t.is(played.length, 4);
});

test('an aborted replay plays no more', async t => {
  const stop = new AbortController();
  let count = 0;
  const events: SessionEvent[] = [0, 1_000_000].map(time => ({
    t: time,
    type: 'resize',
    columns: 7,
    rows: 5,
  }));
  const target = {
    input: () => {},
    resize() {
      count++;
      stop.abort();
    },
  };
  await replaySession(events, target, { speed: 'recorded', signal: stop.signal });
  t.is(count, 1);
});

for (const [what, line] of [
  ['no JSON', 'digits'],
  ['null', 'null'],
  ['no time', '{"input":""}'],
  ['a time before the beginning', '{"t":-1,"input":""}'],
  ['a time that no timer takes', '{"t":2147483648,"input":""}'],
  ['input that is not base64', '{"t":0,"input":"?"}'],
  ['a window without rows', '{"t":0,"resize":[80,0]}'],
  ['half a window', '{"t":0,"resize":[80]}'],
  ['nothing that happened', '{"t":0}'],
] as const) {
  test(`a line with ${what} is reported by its number`, t => {
    const file = join(temporaryFolder(t), 'session.jsonl');
    writeFileSync(file, `{"t":0,"input":""}\n\n${line}\n`);
    const error = t.throws(() => readSession(file));
    t.like(error, { code: 'session-malformed' });
    t.regex(error?.message ?? '', /^Line 3 /);
  });
}

test('a missing file is an error', t => {
  t.like(
    t.throws(() => readSession(join(temporaryFolder(t), 'none'))),
    { code: 'session-not-readable' },
  );
});
