import test from 'ava';
import { summaryLines } from '../../../src/view/text/practice.ts';

test('the summary of practice is a score and a matrix that fits beside the canvas', t => {
  t.deepEqual(summaryLines([]), ['Nothing was drawn.']);
  const lines = summaryLines([
    { target: 3, read: 3 },
    { target: 3, read: null },
  ]);
  t.is(lines[0], '1 of 2 correct');
  t.is(lines[1], '   0  1  2  3  4  5  6  7  8  9  ?');
  t.is(lines[5], '3  ·  ·  ·  1  ·  ·  ·  ·  ·  ·  1');
  t.true(lines.slice(2).every(line => line.length === 34));
});
