// The outcomes of `npm run predict`: their order, their texts, and the progress meanwhile.

import test from 'ava';
import { outcomeText, outcomeValue } from '../../../src/commands/predict/outcome.ts';
import { createProgress } from '../../../src/commands/predict/progress.ts';
import { mapInOrder } from '../../../src/commands/predict/run-predict.ts';
import { sevenPrediction } from '../../fake-service.ts';

/** Collects what a generator yields. */
async function all<T>(generator: AsyncGenerator<T>): Promise<T[]> {
  const values: T[] = [];
  for await (const value of generator) values.push(value);
  return values;
}

test('outcomes have the order of the jobs, in any order of their ends', async t => {
  const jobs = new Map([2, 3, 5].map(job => [job, Promise.withResolvers<number>()]));
  const run = (job: number) => jobs.get(job)?.promise ?? Promise.resolve(0);
  const outcomes = all(mapInOrder([2, 3, 5], 3, run));
  for (const job of [5, 3, 2]) jobs.get(job)?.resolve(job * job);
  t.deepEqual(await outcomes, [4, 9, 25]);
});

test('no more jobs than allowed run at a time', async t => {
  let underWay = 0;
  let most = 0;
  await all(
    mapInOrder([...Array(29).keys()], 5, async () => {
      underWay++;
      most = Math.max(most, underWay);
      await Promise.resolve();
      underWay--;
    }),
  );
  t.is(most, 5);
});

test('without jobs there are no outcomes', async t => {
  t.deepEqual(await all(mapInOrder([], 7, async () => 1)), []);
});

const path = 'seven.png';
const line = (prediction: Partial<typeof sevenPrediction>) =>
  outcomeText({ path, prediction: { ...sevenPrediction, ...prediction } });

test('a digit is printed with its confidence', t => {
  t.is(line({}), 'seven.png: 7  98.3 %');
});

test('a rejection is printed with its reason', t => {
  t.is(line({ digit: null, reason: 'not-a-digit' }), 'seven.png: not a digit');
  t.is(line({ digit: null, reason: 'blank' }), 'seven.png: blank');
  t.is(line({ digit: null, reason: 'uncertain' }), 'seven.png: uncertain  perhaps 7, 98.3 %');
});

test('a picture that cannot be read is printed with the reason', t => {
  const error = { code: 'picture-empty', message: 'it is empty' };
  t.is(outcomeText({ path, error }), 'seven.png: cannot be read: it is empty');
  t.deepEqual(outcomeValue({ path, error }), { path, error });
});

test('the name of a file cannot steer the terminal', t => {
  t.is(outcomeText({ path: 'a\n\u{1b}[2Jb', prediction: sevenPrediction }), 'a [2Jb: 7  98.3 %');
});

test('the JSON value has whether the digit is accepted', t => {
  t.like(outcomeValue({ path, prediction: sevenPrediction }), {
    path,
    digit: 7,
    accepted: true,
    reason: null,
  });
  const prediction = { ...sevenPrediction, digit: null, reason: 'blank' } as const;
  t.like(outcomeValue({ path, prediction }), { accepted: false, reason: 'blank' });
});

test('an explanation is two pictures side by side', t => {
  const seen = Array.from({ length: 784 }, (_, index) => (index % 28 < 2 ? 1 : 0));
  const saliency = Array.from({ length: 784 }, (_, index) =>
    index % 28 === 0 ? 4 : index % 28 === 1 ? -2 : 0.1,
  );
  const lines = line({ seen, saliency }).split('\n');
  t.is(lines.length, 16);
  t.is(lines[2], `  ██${' '.repeat(26)}  +-${'·'.repeat(26)}`);
});

/** Progress on a terminal or not, with a clock that the test sets. */
function setUpProgress(isTTY: boolean) {
  let time = 0;
  const written: string[] = [];
  const stderr = { isTTY, write: (text: string) => written.push(text) };
  const progress = createProgress({ stderr, total: 7, now: () => time });
  const stepAt = (moment: number) => {
    time = moment;
    progress.step();
  };
  return { progress, stepAt, written };
}

test('a run shorter than a second shows no progress', t => {
  const { progress, stepAt, written } = setUpProgress(true);
  stepAt(999);
  progress.clear();
  t.deepEqual(written, []);
});

test('a longer run shows its progress now and then, and its line is erased', t => {
  const { progress, stepAt, written } = setUpProgress(true);
  for (const moment of [500, 1000, 1199, 1200]) stepAt(moment);
  progress.clear();
  progress.clear();
  t.deepEqual(written, ['\r2 of 7 pictures\u{1b}[K', '\r4 of 7 pictures\u{1b}[K', '\r\u{1b}[K']);
});

test('without a terminal no progress is shown', t => {
  const { stepAt, written } = setUpProgress(false);
  stepAt(5000);
  t.deepEqual(written, []);
});
