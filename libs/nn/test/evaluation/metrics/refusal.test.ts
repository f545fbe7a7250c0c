import test from 'ava';
import { measureRefusal, type ScoredSet } from '../../../src/evaluation/metrics/refusal.ts';

/** A set whose scores all have these values. */
function scored(name: string, values: readonly number[]): ScoredSet {
  const scores = Float64Array.from(values);
  return {
    name,
    count: values.length,
    writers: 2,
    scores: { confidence: scores, energy: scores, margin: scores },
    verdicts: null,
  };
}

/** Two hundred digits, in two sets: 1 … 200. */
const digits = [
  scored(
    'odd',
    [...Array(100).keys()].map(i => 2 * i + 1),
  ),
  scored(
    'even',
    [...Array(100).keys()].map(i => 2 * i + 2),
  ),
];

test('one digit in a hundred scores below the threshold', t => {
  const refusal = measureRefusal(digits, [scored('letters', [0, 2, 2.5, 3, 90])])!;
  t.is(refusal.digits, 200);
  t.deepEqual(refusal.digitSets, ['odd', 'even']);
  t.deepEqual(refusal.thresholds, { confidence: 3, energy: 3, margin: 3 });
  t.is(refusal.sets[0]!.scores.energy.refused, 3 / 5);
});

test('every set has its own area against all the digits', t => {
  const { sets } = measureRefusal(digits, [scored('low', [0]), scored('middle', [100.5])])!;
  t.deepEqual(
    sets.map(({ name, scores }) => [name, scores.margin.area]),
    [
      ['low', 1],
      ['middle', 0.5],
    ],
  );
});

test('without digits or without outliers there is no refusal', t => {
  t.is(measureRefusal(digits, []), null);
  t.is(measureRefusal([], digits), null);
});
