// How far interpolation goes from the tuned weights towards those before.

import test from 'ava';
import { loopKernels } from '../../src/engine/kernels/loops.ts';
import { createNetwork, type Network, parametersOf } from '../../src/engine/network.ts';
import { Random } from '../../src/engine/random.ts';
import { interpolateWeights } from '../../src/training/interpolate-weights.ts';

/** A network whose parameters are all `value`. */
function networkOf(value: number): Network {
  const network = createNetwork(loopKernels, new Random(1), [5, 3, 2]);
  for (const values of parametersOf(network).values()) values.fill(value);
  return network;
}

function valuesOf(network: Network): Set<number> {
  return new Set([...parametersOf(network).values()].flatMap(values => [...values]));
}

test('a network that has not forgotten too much keeps its weights, to the bit', t => {
  const tuned = networkOf(0.1);
  t.is(
    interpolateWeights(tuned, networkOf(7), {
      exceedsForgettingLimit: () => false,
      retainsLearning: () => true,
    }),
    1,
  );
  t.deepEqual(valuesOf(tuned), new Set([Math.fround(0.1)]));
});

test('interpolation stops at the first weight that does not forget too much', t => {
  const tuned = networkOf(1);
  const before = networkOf(0);
  const isBelow = (limit: number) => [...valuesOf(tuned)].every(value => value < limit);
  const weight = interpolateWeights(tuned, before, {
    exceedsForgettingLimit: () => !isBelow(0.83),
    retainsLearning: () => true,
  });
  t.is(weight, 0.8);
  t.deepEqual(valuesOf(tuned), new Set([Math.fround(0.8)]));
  t.deepEqual(valuesOf(before), new Set([0]));
});

test('a network that always forgets too much keeps a weight of 0.4', t => {
  const tuned = networkOf(1);
  const weight = interpolateWeights(tuned, networkOf(0), {
    exceedsForgettingLimit: () => true,
    retainsLearning: () => true,
  });
  t.is(weight, 0.4);
  t.deepEqual(valuesOf(tuned), new Set([Math.fround(weight)]));
});

test('interpolation stops at the last weight that keeps what was learned', t => {
  const tuned = networkOf(1);
  const isBelow = (limit: number) => [...valuesOf(tuned)].every(value => value < limit);
  const weight = interpolateWeights(tuned, networkOf(0), {
    exceedsForgettingLimit: () => true,
    retainsLearning: () => !isBelow(0.72),
  });
  t.is(weight, 0.75);
  t.deepEqual(valuesOf(tuned), new Set([Math.fround(0.75)]));
});
