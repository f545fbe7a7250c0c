import test from 'ava';
import type { Samples } from '../../../src/data/samples.ts';
import { countDecisions, refusedFraction } from '../../../src/evaluation/metrics/refusal.ts';
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
