// Who is doubted and who is not: slips, and hands of their own.

import test from 'ava';
import type { Correction } from '../../../src/data/corrections.ts';
import { findSuspectLabels } from '../../../src/evaluation/corrections/suspect-labels.ts';
import { known, picture, pixelReader } from './pixel-reader.ts';

function correction(label: number, inputs: Uint8Array, more: Partial<Correction> = {}): Correction {
  return { id: 'one', sha256: '', label, source: 'correction', inputs, contradicted: [], ...more };
}

test('a label that champion and neighbours share is not doubted', t => {
  t.deepEqual(findSuspectLabels([correction(3, picture(3))], pixelReader(), known), []);
});

test('a label that both speak against is doubted, with what they say', t => {
  const inputs = picture(2);
  const [doubtful, ...others] = findSuspectLabels([correction(7, inputs)], pixelReader(), known);
  t.deepEqual(others, []);
  t.like(doubtful, {
    id: 'one',
    label: 7,
    why: 'unlike',
    predicted: 2,
    similarCorrections: [],
    inputs,
  });
  t.deepEqual(
    doubtful!.neighbours,
    Array.from({ length: 10 }, () => 2),
  );
  t.true(doubtful!.confidence > 0.99);
});

test('corrections of one hand vouch for each other, three of them enough', t => {
  const hand = Array.from({ length: 3 }, () => correction(7, picture(2, 1)));
  t.deepEqual(findSuspectLabels(hand, pixelReader(), known), []);
  t.is(findSuspectLabels(hand.slice(1), pixelReader(), known).length, 2);
});

test('shuffled labels do not vouch for each other', t => {
  const shuffled = Array.from({ length: 10 }, (_, i) => correction((i + 1) % 10, picture(i, 1)));
  t.is(findSuspectLabels(shuffled, pixelReader(), known).length, 10);
});

test('a label that its picture no longer has is doubtful, the one it has is not', t => {
  const contradicted = [{ id: 'before', label: 8 }];
  const doubtful = findSuspectLabels(
    [correction(3, picture(3), { contradicted })],
    pixelReader(),
    known,
  );
  t.like(doubtful, [{ id: 'before', label: 8, why: 'contradicted', predicted: 3 }]);
  t.is(doubtful.length, 1);
});

test('where there are no corrections nothing is doubtful', t => {
  t.deepEqual(findSuspectLabels([], pixelReader(), known), []);
});
