// Which labels are suspect: slips are, unusual handwritings are not.

import test from 'ava';
import type { Correction } from '../../../src/data/corrections.ts';
import { findSuspectLabels } from '../../../src/evaluation/corrections/suspect-labels.ts';
import { known, picture, pixelReader } from './pixel-reader.ts';

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
