import test from 'ava';
import { createTimeEstimator } from '../../src/trainer/time-left.ts';

test('what is left takes as long for its share as what was done since the first look', t => {
  const timeLeft = createTimeEstimator();
  t.is(timeLeft(0.25, 1000), undefined);
  t.is(timeLeft(0.25, 1700), undefined);
  t.is(timeLeft(0.625, 3000), 2000);
  t.is(timeLeft(1, 5000), 0);
});
