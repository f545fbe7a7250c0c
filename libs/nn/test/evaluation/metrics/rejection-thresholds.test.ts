import test from 'ava';
import { Random } from '../../../src/engine/random.ts';
import { softmax } from '../../../src/engine/softmax.ts';
import { fitRejectionThresholds } from '../../../src/evaluation/metrics/rejection-thresholds.ts';
import { decide, freeEnergy, type RejectionThresholds } from '../../../src/inference/decision.ts';

const N = 3;
const count = 701;
const random = new Random(7);
const logits = Float32Array.from({ length: count * N }, () => 5 * random.normal());
const labels = new Uint8Array(count);

/** Number of rows that are not accepted, at temperature 1. */
function countRefused(logits: Float32Array, thresholds: RejectionThresholds): number {
  let refused = 0;
  for (let at = 0; at < logits.length; at += N) {
    const row = logits.subarray(at, at + N);
    const scores = { confidence: Math.max(...softmax(row, 1)), energy: freeEnergy(row) };
    if (decide(scores, thresholds) !== 'accepted') refused++;
  }
  return refused;
}

test('about one digit in a hundred is refused, and never more', t => {
  const thresholds = fitRejectionThresholds(logits, labels, { temperature: 1.3 });
  let refused = 0;
  for (let i = 0; i < count; i++) {
    const row = logits.subarray(i * N, (i + 1) * N);
    const highest = Math.max(...row);
    const powers = row.reduce((sum, logit) => sum + Math.exp((logit - highest) / 1.3), 0);
    const scores = { confidence: 1 / powers, energy: freeEnergy(row) };
    if (decide(scores, thresholds) !== 'accepted') refused++;
  }
  t.true(refused <= 7 && refused >= 5, `${refused}`);
});

test('with a maximum of 0 no digit is refused', t => {
  const { minConfidence, maxEnergy } = fitRejectionThresholds(logits, labels, {
    temperature: 1,
    maxRefusedFraction: 0,
  });
  const energies = Array.from({ length: count }, (_, i) =>
    freeEnergy(logits.subarray(i * N, (i + 1) * N)),
  );
  t.is(maxEnergy, Math.max(...energies));
  t.true(minConfidence > 1 / N && minConfidence < 1);
});

test('the free energy is −log Σ exp, without overflow', t => {
  t.true(Math.abs(freeEnergy(Float32Array.of(1, 2, 3)) + 3.40760596) < 1e-6);
  t.true(Math.abs(freeEnergy(Float32Array.of(900, 900)) + 900.693147) < 1e-3);
});

test('high energy takes precedence over low confidence', t => {
  const thresholds = { minConfidence: 0.6, maxEnergy: -7 };
  t.is(decide({ confidence: 0.6, energy: -7 }, thresholds), 'accepted');
  t.is(decide({ confidence: 0.59, energy: -7 }, thresholds), 'uncertain');
  t.is(decide({ confidence: 0.59, energy: -6.9 }, thresholds), 'not-a-digit');
  t.is(decide({ confidence: 0.1, energy: 9 }, null), 'accepted');
});

/** Outliers: with low confidence, high energy, or both. */
const others: [title: string, logitsOf: (random: Random) => number[]][] = [
  ['with low confidence', random => [4, 4, 4].map(high => high + random.normal())],
  ['with high energy', random => [6 * random.normal() - 9, -12, -12]],
  ['with both', random => [0, 0, 0].map(() => 2 * random.normal())],
  ['like digits', random => [0, 0, 0].map(() => 5 * random.normal())],
];

for (const [title, logitsOf] of others) {
  for (const digits of [701, 5003]) {
    test(`outliers ${title} are refused at least as often as by an even split of ${digits} digits`, t => {
      const source = new Random(11);
      const many = Float32Array.from({ length: digits * N }, () => 5 * source.normal());
      const outliers = Float32Array.from(
        Array.from({ length: 211 }, () => logitsOf(source)).flat(),
      );
      const fit = (known?: Float32Array) =>
        fitRejectionThresholds(many, new Uint8Array(digits), { temperature: 1, outliers: known });
      const [even, fitted] = [fit(), fit(outliers)];
      t.true(countRefused(many, fitted) <= 0.01 * digits);
      t.true(countRefused(outliers, fitted) >= countRefused(outliers, even));
    });
  }
}

test('without outliers the refused digits are limited too', t => {
  const thresholds = fitRejectionThresholds(logits, labels, {
    temperature: 1,
    outliers: new Float32Array(),
  });
  t.true(countRefused(logits, thresholds) <= 7);
});

test('logits that do not fit the labels are a RangeError', t => {
  for (const wrong of [new Uint8Array(count - 1), new Uint8Array()]) {
    t.throws(() => fitRejectionThresholds(logits, wrong, { temperature: 1 }), {
      instanceOf: RangeError,
    });
  }
});
