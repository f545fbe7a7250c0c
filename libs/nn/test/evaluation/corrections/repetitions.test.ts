import test from 'ava';
import { repetitionsOf } from '../../../src/evaluation/corrections/repetitions.ts';

for (const [corrections, others, times] of [
  [1, 7000, 60],
  [35, 7000, 60],
  [70, 7000, 30],
  [2100, 7000, 1],
  [1_000_000, 7000, 1],
  [3, 0, 1],
] as const) {
  test(`${corrections} corrections among ${others} images are repeated ${times} times`, t => {
    t.is(repetitionsOf(corrections, others), times);
  });
}
