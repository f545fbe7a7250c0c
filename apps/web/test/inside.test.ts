import test from 'ava';
import { neuronAt, stepsOfKey } from '../src/inside.ts';

test('a point of a map is a neuron of its row and column, also at the edges', t => {
  t.is(neuronAt({ x: 0, y: 0 }, 32), 0);
  t.is(neuronAt({ x: 0.999, y: 0.999 }, 32), 1535);
  t.is(neuronAt({ x: 3.5 / 48, y: 2.5 / 16 }, 16), 2 * 48 + 3);
  t.is(neuronAt({ x: 1, y: 1 }, 16), 767);
  t.is(neuronAt({ x: -0.1, y: -0.1 }, 16), 0);
});

test('the arrows move by a neuron or a row, Home and End to the ends, other keys not', t => {
  t.is(stepsOfKey('ArrowRight'), 1);
  t.is(stepsOfKey('ArrowUp'), -48);
  t.is(stepsOfKey('End'), Number.POSITIVE_INFINITY);
  t.is(stepsOfKey('Tab'), undefined);
});
