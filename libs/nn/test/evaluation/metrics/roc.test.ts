// Compared with counting all pairs.

import test from 'ava';
import { Random } from '../../../src/engine/random.ts';
import {
  areaUnderCurve,
  fractionBelow,
  lowerQuantile,
} from '../../../src/evaluation/metrics/roc.ts';

const of = (...values: readonly number[]) => Float64Array.from(values);

function byPairs(wanted: Float64Array, unwanted: Float64Array): number {
  let wins = 0;
  for (const high of wanted) {
    for (const low of unwanted) wins += high > low ? 1 : high === low ? 0.5 : 0;
  }
  return wins / (wanted.length * unwanted.length);
}

for (const [title, wanted, unwanted, area] of [
  ['all above', of(5, 3), of(2, 1, 0), 1],
  ['all below', of(1, 0), of(2, 3, 5), 0],
  ['all the same', of(2, 2, 2), of(2, 2), 0.5],
  ['some of each', of(1, 3), of(2, 0, 3), (1 + 2.5) / 6],
  ['blank pictures at −∞', of(1, 2), of(Number.NEGATIVE_INFINITY, 3), 0.5],
] as const) {
  test(`the area under the curve: ${title}`, t => {
    t.is(areaUnderCurve(wanted, unwanted), area);
  });
}

test('the area is the fraction of pairs in the correct order, ties counting half', t => {
  const random = new Random(3);
  const draw = (count: number, from: number) =>
    Float64Array.from({ length: count }, () => from + random.below(17));
  const [wanted, unwanted] = [draw(101, 3), draw(67, 0)];
  t.true(Math.abs(areaUnderCurve(wanted, unwanted) - byPairs(wanted, unwanted)) < 1e-12);
});

test('at most the given fraction lies below the quantile', t => {
  const scores = Float64Array.from({ length: 307 }, (_, i) => (i * 101) % 307);
  const threshold = lowerQuantile(scores, 0.01);
  t.is(threshold, 3);
  t.is(fractionBelow(scores, threshold), 3 / 307);
  t.is(lowerQuantile(of(4, 7), 0.01), 4);
});

test('the scores are not reordered', t => {
  const scores = of(3, 1, 2);
  areaUnderCurve(scores, scores);
  lowerQuantile(scores, 0.5);
  t.deepEqual(scores, of(3, 1, 2));
});
