// The output of the trainer: its lines, its events and the time left.

import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import test from 'ava';
import { blocksPromotion } from '../../src/state/learning/gate.ts';
import { readLines } from '../../src/trainer/lines.ts';
import { createTimeEstimator } from '../../src/trainer/trainer-event.ts';
import { parseGate, parseGateLine, parseTrainerEvent } from '../../src/trainer/trainer-output.ts';
import { passingGate, stoppingGate } from './gate-rows.ts';

const bad = { code: 'trainer-bad-output' } as const;
const parse = (event: object) => parseTrainerEvent(JSON.stringify(event));
const batch = { type: 'batch', phase: 2, phases: 2, epoch: 2, epochs: 5, batch: 3, batches: 6 };
const corrections = { type: 'corrections', trained: 7, heldOut: 2, doubtful: [] };
const doubtful = { id: 'c\u{1b}[2J', label: 7, why: 'unlike', said: 2, confidence: 0.97 };
const done = { type: 'done', model: { version: 'v-1' }, isChampion: false };

test('a batch gives the progress of the whole training', t => {
  // One of two phases, and 1.5 of five epochs of the other.
  t.deepEqual(parse(batch), { type: 'progress', fraction: (1 + 1.5 / 5) / 2, epoch: 2, epochs: 5 });
});

test('the preparation gives the progress of its step, once the data has been read', t => {
  const event = { type: 'synthesis', step: 'images', done: 3, of: 12 };
  t.deepEqual(parse(event), { type: 'preparation', step: 'images', fraction: 0.25 });
  t.is(parse({ ...event, done: 0, of: null }), undefined);
  t.throws(() => parse({ ...event, of: 2 }), bad);
  t.throws(() => parse({ ...event, step: 'lunch' }), bad);
});

test('suspect labels come with what they look like', t => {
  const counts = { type: 'corrections', trained: 7, heldOut: 2 } as const;
  t.deepEqual(parse(corrections), { ...counts, suspects: [] });
  t.deepEqual(parse({ ...corrections, doubtful: [doubtful] }), {
    ...counts,
    suspects: [{ id: 'c [2J', label: 7, why: 'unlike', predicted: 2, confidence: 0.97 }],
  });
});

test('a comparison gives its progress, and then the result', t => {
  t.is(parseGateLine('{"type":"progress","done":3,"total":12}'), 0.25);
  t.like(parseGateLine(JSON.stringify(passingGate)), { document: JSON.stringify(passingGate) });
  for (const line of ['{"type":"progress","done":3,"total":2}', '{"type":"progress"}']) {
    t.throws(() => parseGateLine(line), bad);
  }
});

test('the last event names the version', t => {
  t.deepEqual(parse(done), { type: 'done', version: 'v-1', isChampion: false });
});

test('a checkpoint is an event without content', t => {
  t.deepEqual(parse({ type: 'checkpoint', epoch: 1, phase: 1 }), { type: 'checkpoint' });
});

test('events that the app does not use are ignored', t => {
  t.is(parse({ type: 'epoch' }), undefined);
  t.is(parse({ type: 'something new' }), undefined);
  t.is(parse({}), undefined);
});

const brokenEvents: readonly object[] = [
  { ...batch, epoch: 0 },
  { ...batch, epoch: 6 },
  { ...batch, batches: null },
  { ...batch, batch: 1.5 },
  { ...batch, phases: 2.5 },
  { ...corrections, trained: -1 },
  { ...corrections, doubtful: 3 },
  { ...corrections, doubtful: [{ ...doubtful, said: 10 }] },
  { ...done, model: null },
  { ...done, model: { version: '-rf' } },
  { ...done, model: { version: 'x'.repeat(101) } },
  { ...done, isChampion: 'no' },
];

for (const event of brokenEvents) {
  test(`${JSON.stringify(event)} is not an event`, t => {
    t.throws(() => parse(event), bad);
  });
}

test('a result of the gate is parsed as it is', t => {
  const gate = parseGate(JSON.stringify(passingGate));
  t.like(gate, { version: 'fine-tune-1-0a1b2c3d', champion: 'standard-1-7f162361', passes: true });
  t.is(gate.rows.length, passingGate.rows.length);
  t.like(gate.rows[0], { name: 'corrections held out', champion: 20, challenger: 100 });
  t.deepEqual(gate.rows.filter(blocksPromotion), []);
});

test('a row that matters and is worse blocks the promotion', t => {
  const { rows } = parseGate(JSON.stringify(stoppingGate));
  t.deepEqual(
    rows.filter(blocksPromotion).map(({ name }) => name),
    ['MNIST validation images'],
  );
});

test('without a champion there are no figures of one', t => {
  const rows = [{ ...passingGate.rows[0], champion: null }];
  const gate = parseGate(JSON.stringify({ ...passingGate, champion: null, rows }));
  t.is(gate.champion, undefined);
  t.is(gate.rows[0]?.champion, undefined);
});

test('no text of a result can steer the terminal', t => {
  const why = '\u{1b}[2Jgood\nnews';
  const rows = [{ ...passingGate.rows[0], name: '\u{1b}[31mred', why }];
  const gate = parseGate(JSON.stringify({ ...passingGate, why, champion: '\u{9b}x', rows }));
  t.is(gate.why, '[2Jgood news');
  t.is(gate.champion, 'x');
  t.like(gate.rows[0], { name: '[31mred', why: '[2Jgood news' });
});

const brokenResults: Readonly<Record<string, object>> = {
  'of another type': { type: 'done' },
  'with a version that is an option': { version: '--force' },
  'with a version that leads out of the folder': { version: '../../v' },
  'without rows': { rows: null },
  'with a row that is a number': { rows: [7] },
  'with a figure that is text': { rows: [{ ...passingGate.rows[0], challenger: '99' }] },
  'with an unknown verdict': { rows: [{ ...passingGate.rows[0], verdict: 'splendid' }] },
  'with too many rows': { rows: Array(501).fill(passingGate.rows[0]) },
  'with a text for whether it passes': { passes: 'yes' },
};

for (const [which, change] of Object.entries(brokenResults)) {
  test(`a result ${which} is refused`, t => {
    t.throws(() => parseGate(JSON.stringify({ ...passingGate, ...change })), bad);
  });
}

for (const line of ['', 'null', '[]', '{', '"gate"']) {
  test(`${JSON.stringify(line)} is not a result`, t => {
    t.throws(() => parseGate(line), bad);
  });
}

async function linesOf(pieces: readonly (string | Buffer)[], maxCharacters = 20) {
  const heard: string[] = [];
  const stream = new PassThrough();
  readLines(stream, {
    maxCharacters,
    onLine: line => heard.push(line),
    onTooLong: () => heard.push('too long'),
  });
  const ended = once(stream, 'end');
  for (const piece of pieces) stream.write(piece);
  stream.end();
  await ended;
  return heard;
}

test('lines are whole wherever the stream is split, and the last needs no end', async t => {
  const bytes = Buffer.from('one\n\nzwölf\n3');
  for (let split = 0; split <= bytes.length; split++) {
    t.deepEqual(await linesOf([bytes.subarray(0, split), bytes.subarray(split)]), [
      'one',
      'zwölf',
      '3',
    ]);
  }
});

test('a line of the limit is one, and after a longer one nothing is heard', async t => {
  const longest = 'x'.repeat(20);
  t.deepEqual(await linesOf([`${longest}\n`, 'y\n']), [longest, 'y']);
  t.deepEqual(await linesOf([`${longest}x\n`, 'y\n']), ['too long']);
  t.deepEqual(await linesOf([longest, 'x', 'y\n', 'z']), ['too long']);
});

test('the time left is estimated from the time since the first call', t => {
  const timeLeft = createTimeEstimator();
  t.is(timeLeft(0.25, 1000), undefined);
  t.is(timeLeft(0.25, 1700), undefined);
  t.is(timeLeft(0.625, 3000), 2000);
  t.is(timeLeft(1, 5000), 0);
});
