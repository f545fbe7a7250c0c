import test from 'ava';
import { applyHysteresisThreshold } from '../../src/preprocess/hysteresis-threshold.ts';

const noisy = { background: 200, deviation: 3, isUniform: false };

test('the faint edge of a stroke stays', t => {
  const row = [0, 0.3, 1, 1, 0.3, 0, 0, 0];
  const edged = { width: 8, height: 1, values: Float32Array.from(row) };
  applyHysteresisThreshold(edged, noisy);
  t.deepEqual([...edged.values], [...Float32Array.from(row)]);
});

test('faint ink far from all strong ink is removed', t => {
  const values = Float32Array.from({ length: 64 }, (_, i) => (i < 4 ? 1 : 0.3));
  applyHysteresisThreshold({ width: 64, height: 1, values }, noisy);
  t.deepEqual(
    [...values].map(value => value > 0),
    Array.from({ length: 64 }, (_, i) => i < 5),
  );
});

test('a small picture with a uniform border is left alone', t => {
  const values = Float32Array.from({ length: 63 }, (_, i) => (i < 4 ? 1 : 0.3));
  const ink = { width: 63, height: 1, values: values.slice() };
  applyHysteresisThreshold(ink, { ...noisy, isUniform: true });
  t.deepEqual(ink.values, values);
});
