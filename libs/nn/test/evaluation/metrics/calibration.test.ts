// The error of calibration, and the temperature that makes it small.

import test from 'ava';
import { Random } from '../../../src/engine/random.ts';
import { measureCalibration } from '../../../src/evaluation/metrics/calibration.ts';
import { labelledPredictions } from '../../../src/evaluation/metrics/labelled-predictions.ts';
import { fitTemperature } from '../../../src/evaluation/metrics/temperature.ts';
import { logitsOf, near } from './logits.ts';

/** Two predictions with 90 %, one of them correct, and a correct one with 62 %. */
const answers = labelledPredictions(
  logitsOf([0.9, 0.1], [0.1, 0.9], [0.62, 0.38]),
  Uint8Array.of(0, 0, 0),
  1,
);

test('the error is the mean gap between confidence and accuracy, bin by bin', t => {
  const { expectedCalibrationError } = measureCalibration(answers, 1);
  t.true(near(expectedCalibrationError, (2 * (0.9 - 0.5) + (1 - 0.62)) / 3));
});

test('fifteen bins of equal width hold every prediction once', t => {
  const { bins } = measureCalibration(answers, 1);
  t.is(bins.length, 15);
  t.deepEqual([bins[0]!.low, bins[5]!.low, bins[14]!.high], [0, 1 / 3, 1]);
  t.deepEqual(
    bins.map(({ count }) => count),
    [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 2, 0],
  );
  t.like(bins[13], { accuracy: 0.5 });
  t.true(near(bins[13]!.confidence, 0.9));
  t.like(bins[14], { accuracy: null, confidence: null });
});

test('a confidence of 1 is in the last bin', t => {
  const certain = labelledPredictions(Float32Array.of(1000, 0), Uint8Array.of(0), 1);
  const { bins, expectedCalibrationError, negativeLogLikelihood } = measureCalibration(certain, 1);
  t.is(bins[14]!.count, 1);
  t.is(expectedCalibrationError, 0);
  t.is(negativeLogLikelihood, 0);
});

/** Calibrated logits, with labels drawn from their softmax, multiplied by `scale`. */
function drawn(count: number, scale: number) {
  const random = new Random(1);
  const logits = new Float32Array(3 * count);
  const labels = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    const powers = Array.from({ length: 3 }, () => Math.exp(2 * random.normal()));
    labels[i] = draw(random, powers);
    for (const [k, power] of powers.entries()) logits[3 * i + k] = scale * Math.log(power);
  }
  return { logits, labels };
}

/** A random index, with probabilities proportional to the weights. */
function draw(random: Random, weights: readonly number[]): number {
  let rest = random.uniform() * weights.reduce((total, weight) => total + weight, 0);
  for (const [i, weight] of weights.entries()) {
    rest -= weight;
    if (rest < 0) return i;
  }
  return weights.length - 1;
}

for (const scale of [0.5, 1, 3]) {
  test(`logits ${scale} times too large have about that temperature`, t => {
    const { logits, labels } = drawn(20_011, scale);
    t.true(near(fitTemperature(logits, labels) / scale, 1, 0.03));
  });
}

test('three correct of four with the same logits give a confidence of 3/4', t => {
  const row = [0.96, 0.04];
  const logits = logitsOf(row, row, row, row);
  const labels = Uint8Array.of(0, 0, 0, 1);
  const temperature = fitTemperature(logits, labels);
  t.true(near(temperature, Math.log(24) / Math.log(3)));
  t.true(near(labelledPredictions(logits, labels, temperature)[0]!.confidence, 3 / 4));
});

test('no temperature nearby has a lower negative log-likelihood', t => {
  const { logits, labels } = drawn(997, 2);
  const best = fitTemperature(logits, labels);
  const lossAt = (temperature: number) =>
    measureCalibration(labelledPredictions(logits, labels, temperature), temperature)
      .negativeLogLikelihood;
  t.true(lossAt(best) < lossAt(best * 1.01));
  t.true(lossAt(best) < lossAt(best / 1.01));
});

test('the temperature is limited where more, or less, confidence always pays', t => {
  const logits = logitsOf([0.9, 0.1], [0.2, 0.8]);
  t.true(near(fitTemperature(logits, Uint8Array.of(0, 1)), 1 / 20));
  t.true(near(fitTemperature(logits, Uint8Array.of(1, 0)), 20));
});
