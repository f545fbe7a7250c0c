import test from 'ava';
import { createTimeEstimator } from '../../src/trainer/trainer-event.ts';

test('the rest is estimated from the time since the first call', t => {
  const timeLeft = createTimeEstimator();
  t.is(timeLeft(0.25, 1000), undefined);
  t.is(timeLeft(0.25, 1700), undefined);
  t.is(timeLeft(0.625, 3000), 2000);
  t.is(timeLeft(1, 5000), 0);
});
