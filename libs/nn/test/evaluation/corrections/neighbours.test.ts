import test from 'ava';
import { loopKernels } from '../../../src/engine/kernels/loops.ts';
import { createNetwork } from '../../../src/engine/network.ts';
import { Random } from '../../../src/engine/random.ts';
import {
  featureRow,
  featuresOf,
  findNearest,
} from '../../../src/evaluation/corrections/neighbours.ts';

const rows = [
  [255, 0, 0],
  [250, 10, 0],
  [0, 255, 0],
  [0, 0, 0],
  [128, 0, 0],
];
const samples = {
  count: rows.length,
  size: 3,
  inputs: Uint8Array.from(rows.flat()),
  labels: new Uint8Array(rows.length),
};

/** Without a hidden layer the inputs are compared. */
const features = featuresOf(createNetwork(loopKernels, new Random(1), [3, 2]), samples);

test('rows have length 1 for any strength of the ink; a blank row stays zero', t => {
  t.deepEqual([...featureRow(features, 0)], [1, 0, 0]);
  t.deepEqual([...featureRow(features, 4)], [1, 0, 0]);
  t.deepEqual([...featureRow(features, 3)], [0, 0, 0]);
});

test('the nearest come first, without the excluded image', t => {
  t.deepEqual(findNearest(features, featureRow(features, 0), { count: 3, excluded: 0 }), [4, 1, 2]);
  t.deepEqual(findNearest(features, featureRow(features, 0), { count: 2 }), [0, 4]);
});

test('at most all rows are found', t => {
  t.is(findNearest(features, featureRow(features, 2), { count: 11, excluded: 2 }).length, 4);
});

test('the activations of the last hidden layer are compared where there is one', t => {
  const network = createNetwork(loopKernels, new Random(1), [3, 7, 5, 2]);
  t.is(featuresOf(network, samples).width, 5);
});
