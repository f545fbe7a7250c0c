import test from 'ava';
import { measureCalibration } from '../../../src/evaluation/metrics/calibration.ts';
import { labelledPredictions } from '../../../src/evaluation/metrics/labelled-predictions.ts';
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
