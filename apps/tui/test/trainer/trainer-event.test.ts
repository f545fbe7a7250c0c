import test from 'ava';
import { createTimeEstimator, parseTrainerEvent } from '../../src/trainer/trainer-event.ts';

const bad = { code: 'trainer-bad-output' } as const;
const parse = (event: object) => parseTrainerEvent(JSON.stringify(event));
const batch = { type: 'batch', phase: 2, phases: 2, epoch: 2, epochs: 5, batch: 3, batches: 6 };
const corrections = { type: 'corrections', trained: 7, heldOut: 2, doubtful: [], page: null };
const done = { type: 'done', model: { version: 'v-1' }, isChampion: false };

test('a batch tells how far the whole training is', t => {
  // One of two phases, and 1.5 of five epochs of the other.
  t.deepEqual(parse(batch), { type: 'progress', fraction: (1 + 1.5 / 5) / 2, epoch: 2, epochs: 5 });
});

test('doubtful corrections are counted, with the page that shows them', t => {
  t.deepEqual(parse(corrections), {
    type: 'corrections',
    trained: 7,
    heldOut: 2,
    suspectLabels: undefined,
  });
  const event = parse({ ...corrections, doubtful: [{}, {}], page: '/m/\u{1b}[2Jindex.html' });
  t.like(event, { suspectLabels: { count: 2, page: '/m/ [2Jindex.html' } });
});

test('the end tells the version', t => {
  t.deepEqual(parse(done), { type: 'done', version: 'v-1', isChampion: false });
});

test('events that nobody here needs are passed over', t => {
  t.is(parse({ type: 'epoch' }), undefined);
  t.is(parse({ type: 'something new' }), undefined);
  t.is(parse({}), undefined);
});

const lies: readonly object[] = [
  { ...batch, epoch: 0 },
  { ...batch, epoch: 6 },
  { ...batch, batches: null },
  { ...batch, batch: 1.5 },
  { ...batch, phases: 1e300 },
  { ...corrections, trained: -1 },
  { ...corrections, doubtful: 3 },
  { ...corrections, page: 7 },
  { ...done, model: null },
  { ...done, model: { version: '-rf' } },
  { ...done, model: { version: 'x'.repeat(41) } },
  { ...done, isChampion: 'no' },
];

for (const lie of lies) {
  test(`${JSON.stringify(lie)} is no event`, t => {
    t.throws(() => parse(lie), bad);
  });
}

test('what is left takes as long for its share as what was done since the first look', t => {
  const timeLeft = createTimeEstimator();
  t.is(timeLeft(0.25, 1000), undefined);
  t.is(timeLeft(0.25, 1700), undefined);
  t.is(timeLeft(0.625, 3000), 2000);
  t.is(timeLeft(1, 5000), 0);
});
