// The scores of images, what they refuse, and the area under the curve, compared with counting all
// pairs.

import test from 'ava';
import type { Samples } from '../../../src/data/samples.ts';
import { Random } from '../../../src/engine/random.ts';
import {
  countDecisions,
  measureRefusal,
  refusedFraction,
  type ScoredSet,
} from '../../../src/evaluation/metrics/refusal.ts';
import {
  areaUnderCurve,
  fractionBelow,
  lowerQuantile,
} from '../../../src/evaluation/metrics/roc.ts';
import { joinScores, setScoresOf } from '../../../src/evaluation/metrics/scores.ts';
import { near } from './logits.ts';

/** Images of two pixels, the second of them blank. */
const samples: Samples = {
  count: 3,
  size: 2,
  inputs: Uint8Array.of(7, 0, 0, 0, 0, 9),
  labels: Uint8Array.of(0, 1, 2),
};
const logits = Float32Array.of(3, 1, 0, 5, 0, 0, 0, 2, 2);

test('each image has a confidence, an energy and a margin', t => {
  const { confidence, energy, margin } = setScoresOf(logits, samples, 1);
  t.true(near(confidence[0]!, Math.exp(3) / (Math.exp(3) + Math.exp(1) + 1)));
  t.true(near(energy[0]!, Math.log(Math.exp(3) + Math.exp(1) + 1)));
  t.deepEqual([margin[0], margin[2]], [2, 0]);
});

test('temperature changes only the confidence', t => {
  const [warm, cold] = [setScoresOf(logits, samples, 2), setScoresOf(logits, samples, 1)];
  t.true(warm.confidence[0]! < cold.confidence[0]!);
  t.deepEqual(warm.energy, cold.energy);
  t.deepEqual(warm.margin, cold.margin);
});

test('a blank image has the lowest scores for any logits', t => {
  const { confidence, energy, margin } = setScoresOf(logits, samples, 1);
  t.deepEqual([confidence[1], energy[1], margin[1]], [0, Number.NEGATIVE_INFINITY, 0]);
});

test('joined scores are concatenated', t => {
  const scores = setScoresOf(logits, samples, 1);
  t.deepEqual([...joinScores([scores, scores]).margin], [2, 0, 0, 2, 0, 0]);
});

test('decisions are counted by reason, and all but the accepted are refused', t => {
  const scores = setScoresOf(logits, samples, 1);
  const verdicts = countDecisions(scores, { minConfidence: 0.6, maxEnergy: -1 });
  t.deepEqual(verdicts, { accepted: 1, uncertain: 1, 'not-a-digit': 0, blank: 1 });
  t.true(near(refusedFraction(verdicts), 2 / 3));
  t.like(countDecisions(scores, { minConfidence: 0.6, maxEnergy: -3 }), { 'not-a-digit': 1 });
});

test('a model without thresholds has no decision counts', t => {
  t.is(countDecisions(setScoresOf(logits, samples, 1), null), null);
  t.is(refusedFraction(null), null);
});

const valuesOf = (...values: readonly number[]) => Float64Array.from(values);

function byPairs(wanted: Float64Array, unwanted: Float64Array): number {
  let wins = 0;
  for (const high of wanted) {
    for (const low of unwanted) wins += high > low ? 1 : high === low ? 0.5 : 0;
  }
  return wins / (wanted.length * unwanted.length);
}

for (const [title, wanted, unwanted, area] of [
  ['all above', valuesOf(5, 3), valuesOf(2, 1, 0), 1],
  ['all below', valuesOf(1, 0), valuesOf(2, 3, 5), 0],
  ['all the same', valuesOf(2, 2, 2), valuesOf(2, 2), 0.5],
  ['some of each', valuesOf(1, 3), valuesOf(2, 0, 3), (1 + 2.5) / 6],
  ['blank pictures at −∞', valuesOf(1, 2), valuesOf(Number.NEGATIVE_INFINITY, 3), 0.5],
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
  t.is(lowerQuantile(valuesOf(4, 7), 0.01), 4);
});

test('the scores are not reordered', t => {
  const scores = valuesOf(3, 1, 2);
  areaUnderCurve(scores, scores);
  lowerQuantile(scores, 0.5);
  t.deepEqual(scores, valuesOf(3, 1, 2));
});

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
