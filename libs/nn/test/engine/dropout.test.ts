import test from 'ava';
import { dropOut } from '../../src/engine/dropout.ts';
import { Random } from '../../src/engine/random.ts';

test('dropout drops its share of the units and scales up the others', t => {
  const values = new Float32Array(10_000).fill(3);
  dropOut(values, values.length, 0.25, new Random(1));
  const dropped = values.filter(value => value === 0).length;
  t.true(Math.abs(dropped - 2500) < 150, `${dropped} dropped`);
  t.true(values.every(value => value === 0 || value === 4));
});

test('dropout leaves alone what is behind the length', t => {
  const values = new Float32Array(5).fill(1);
  dropOut(values, 3, 0.5, new Random(1));
  t.deepEqual([...values.subarray(3)], [1, 1]);
});
