import test from 'ava';
import { wilsonInterval } from '../../../src/evaluation/metrics/wilson.ts';

// Newcombe 1998, "Two-sided confidence intervals for the single proportion", table I, method 3.
for (const [successes, count, low, high] of [
  [81, 263, 0.2553, 0.3662],
  [15, 148, 0.0624, 0.1605],
  [0, 20, 0, 0.1611],
  [1, 29, 0.0061, 0.1718],
] as const) {
  test(`${successes} of ${count} lie between ${low} and ${high}, as published`, t => {
    const interval = wilsonInterval(successes, count);
    t.is(Number(interval.low.toFixed(4)), low);
    t.is(Number(interval.high.toFixed(4)), high);
  });
}

test('all of them right still leaves room below, and none above', t => {
  const { low, high } = wilsonInterval(20, 20);
  t.is(Number(low.toFixed(4)), 0.8389);
  t.is(high, 1);
});
