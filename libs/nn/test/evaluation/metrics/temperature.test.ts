import test from 'ava';
import { Random } from '../../../src/engine/random.ts';
import { measureCalibration } from '../../../src/evaluation/metrics/calibration.ts';
import { labelledPredictions } from '../../../src/evaluation/metrics/labelled-predictions.ts';
import { fitTemperature } from '../../../src/evaluation/metrics/temperature.ts';
import { logitsOf, near } from './logits.ts';

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
