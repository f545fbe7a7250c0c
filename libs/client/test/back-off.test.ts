// The waits between attempts.

import test from 'ava';
import { createBackOff } from '../src/index.ts';

const waits = (count: number, random: () => number) => {
  const backOff = createBackOff(random);
  return Array.from({ length: count }, backOff.next);
};

test('waits double up to ten seconds', t => {
  t.deepEqual(
    waits(8, () => 0),
    [125, 250, 500, 1000, 2000, 4000, 5000, 5000],
  );
});

test('jitter makes waits at most twice as long', t => {
  t.deepEqual(
    waits(3, () => 0.5),
    [188, 375, 750],
  );
});

test('after many failures the wait does not overflow', t => {
  t.is(waits(5000, () => 1).at(-1), 10_000);
});

test('after a success the waits are short again', t => {
  const backOff = createBackOff(() => 0);
  backOff.next();
  backOff.next();
  backOff.reset();
  t.is(backOff.next(), 125);
});
