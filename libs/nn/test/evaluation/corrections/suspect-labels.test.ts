// Which images are near to a correction, and which labels are suspect: slips are, unusual
// handwritings are not.

import test from 'ava';
import type { Correction } from '../../../src/data/corrections.ts';
import { loopKernels } from '../../../src/engine/kernels/loops.ts';
import { createNetwork } from '../../../src/engine/network.ts';
import { Random } from '../../../src/engine/random.ts';
import {
  featureRow,
  featuresOf,
  findNearest,
} from '../../../src/evaluation/corrections/neighbours.ts';
import { findSuspectLabels } from '../../../src/evaluation/corrections/suspect-labels.ts';
import { known, picture, pixelReader } from './pixel-reader.ts';

const images = [
  [255, 0, 0],
  [250, 10, 0],
  [0, 255, 0],
  [0, 0, 0],
  [128, 0, 0],
];
const neighbourhood = {
  count: images.length,
  size: 3,
  inputs: Uint8Array.from(images.flat()),
  labels: new Uint8Array(images.length),
};

/** Without a hidden layer the inputs are compared. */
const features = featuresOf(createNetwork(loopKernels, new Random(1), [3, 2]), neighbourhood);

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
  t.is(featuresOf(network, neighbourhood).width, 5);
});

function correction(label: number, inputs: Uint8Array, more: Partial<Correction> = {}): Correction {
  return { id: 'one', sha256: '', label, source: 'correction', inputs, contradicted: [], ...more };
}

test('a label that champion and neighbours agree with is not suspect', t => {
  t.deepEqual(findSuspectLabels([correction(3, picture(3))], pixelReader(), known), []);
});

test('a label that both disagree with is suspect, with the evidence', t => {
  const inputs = picture(2);
  const [suspect, ...others] = findSuspectLabels([correction(7, inputs)], pixelReader(), known);
  t.deepEqual(others, []);
  t.like(suspect, {
    id: 'one',
    label: 7,
    why: 'unlike',
    predicted: 2,
    similarCorrections: [],
    inputs,
  });
  t.deepEqual(
    suspect!.neighbours,
    Array.from({ length: 10 }, () => 2),
  );
  t.true(suspect!.confidence > 0.99);
});

test('three similar corrections with the same label support each other', t => {
  const hand = Array.from({ length: 3 }, () => correction(7, picture(2, 1)));
  t.deepEqual(findSuspectLabels(hand, pixelReader(), known), []);
  t.is(findSuspectLabels(hand.slice(1), pixelReader(), known).length, 2);
});

test('shuffled labels do not support each other', t => {
  const shuffled = Array.from({ length: 10 }, (_, i) => correction((i + 1) % 10, picture(i, 1)));
  t.is(findSuspectLabels(shuffled, pixelReader(), known).length, 10);
});

test('a superseded label is suspect, the current one is not', t => {
  const contradicted = [{ id: 'before', label: 8 }];
  const suspects = findSuspectLabels(
    [correction(3, picture(3), { contradicted })],
    pixelReader(),
    known,
  );
  t.like(suspects, [{ id: 'before', label: 8, why: 'contradicted', predicted: 3 }]);
  t.is(suspects.length, 1);
});

test('without corrections there are no suspect labels', t => {
  t.deepEqual(findSuspectLabels([], pixelReader(), known), []);
});
