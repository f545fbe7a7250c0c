// The line between two networks, and how far back on it one goes.

import test from 'ava';
import { loopKernels } from '../../src/engine/kernels/loops.ts';
import { createNetwork, type Network, parametersOf } from '../../src/engine/network.ts';
import { Random } from '../../src/engine/random.ts';
import { interpolateWeights } from '../../src/training/interpolate-weights.ts';

/** All of its parameters the same. */
function networkOf(value: number): Network {
  const network = createNetwork(loopKernels, new Random(1), [5, 3, 2]);
  for (const values of parametersOf(network).values()) values.fill(value);
  return network;
}

function valuesOf(network: Network): Set<number> {
  return new Set([...parametersOf(network).values()].flatMap(values => [...values]));
}

test('a network that has forgotten nothing stays as it is, to the bit', t => {
  const tuned = networkOf(0.1);
  t.is(
    interpolateWeights(tuned, networkOf(7), {
      forgetsTooMuch: () => false,
      keepsLearning: () => true,
    }),
    1,
  );
  t.deepEqual(valuesOf(tuned), new Set([Math.fround(0.1)]));
});

test('one goes back no further than to where enough is known again', t => {
  const tuned = networkOf(1);
  const before = networkOf(0);
  const isBelow = (limit: number) => [...valuesOf(tuned)].every(value => value < limit);
  const share = interpolateWeights(tuned, before, {
    forgetsTooMuch: () => !isBelow(0.83),
    keepsLearning: () => true,
  });
  t.is(share, 0.8);
  t.deepEqual(valuesOf(tuned), new Set([Math.fround(0.8)]));
  t.deepEqual(valuesOf(before), new Set([0]));
});

test('a network that forgets whatever is done keeps some of what it has learnt', t => {
  const tuned = networkOf(1);
  const share = interpolateWeights(tuned, networkOf(0), {
    forgetsTooMuch: () => true,
    keepsLearning: () => true,
  });
  t.is(share, 0.4);
  t.deepEqual(valuesOf(tuned), new Set([Math.fround(share)]));
});

test('one goes back no further than what was learnt is still known', t => {
  const tuned = networkOf(1);
  const isBelow = (limit: number) => [...valuesOf(tuned)].every(value => value < limit);
  const share = interpolateWeights(tuned, networkOf(0), {
    forgetsTooMuch: () => true,
    keepsLearning: () => !isBelow(0.72),
  });
  t.is(share, 0.75);
  t.deepEqual(valuesOf(tuned), new Set([Math.fround(0.75)]));
});
