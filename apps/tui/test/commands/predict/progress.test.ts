import test from 'ava';
import { createProgress } from '../../../src/commands/predict/progress.ts';

/** Progress on a terminal or not, with a clock that the test sets. */
function setUp(isTTY: boolean) {
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

test('a run shorter than a second shows nothing', t => {
  const { progress, stepAt, written } = setUp(true);
  stepAt(999);
  progress.clear();
  t.deepEqual(written, []);
});

test('a longer run shows its progress now and then, and its line is erased', t => {
  const { progress, stepAt, written } = setUp(true);
  for (const moment of [500, 1000, 1199, 1200]) stepAt(moment);
  progress.clear();
  progress.clear();
  t.deepEqual(written, ['\r2 of 7 pictures\u{1b}[K', '\r4 of 7 pictures\u{1b}[K', '\r\u{1b}[K']);
});

test('without a terminal nothing is shown', t => {
  const { stepAt, written } = setUp(false);
  stepAt(5000);
  t.deepEqual(written, []);
});
