import test from 'ava';
import { argmax, softmax } from '../../src/engine/softmax.ts';

test('softmax turns logits into probabilities, however large', t => {
  const [a, b] = softmax(Float32Array.of(Math.log(3), 0));
  t.true(Math.abs(a! - 0.75) < 1e-6 && Math.abs(b! - 0.25) < 1e-6);
  t.deepEqual([...softmax(Float32Array.of(5000, -5000))], [1, 0]);
});

test('a higher temperature makes the probabilities more even', t => {
  const [a] = softmax(Float32Array.of(2 * Math.log(3), 0), 2);
  t.true(Math.abs(a! - 0.75) < 1e-6);
});

test('argmax is the index of the first of the largest values', t => {
  t.is(argmax(Float32Array.of(-3, 7, 2, 7)), 1);
});
