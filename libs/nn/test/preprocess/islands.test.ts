import test from 'ava';
import { findIslands, removeIsland } from '../../src/preprocess/islands.ts';
import { plane } from './draw.ts';

test('islands are told apart, with their ink, their pixels and the box around them', t => {
  const islands = findIslands(plane('0050000', '0550000', '0000001', '0000010'));
  t.deepEqual(
    islands.map(({ box, pixels }) => ({ ...box, pixels: [...pixels].sort((a, b) => a - b) })),
    [
      { left: 1, top: 0, right: 3, bottom: 2, pixels: [2, 8, 9] },
      { left: 5, top: 2, right: 7, bottom: 4, pixels: [20, 26] },
    ],
  );
  t.deepEqual(
    islands.map(({ mass }) => mass.toFixed(3)),
    ['1.500', '0.200'],
  );
});

test('ink in all four corners is four islands', t => {
  const corners = findIslands(plane('10001', '00000', '10001'));
  t.deepEqual(
    corners.map(({ pixels }) => [...pixels]),
    [[0], [4], [10], [14]],
  );
});

test('a plane full of ink is one island, a plane without has none', t => {
  t.is(findIslands(plane('111', '111', '111', '111', '111'))[0]!.pixels.length, 15);
  t.deepEqual(findIslands(plane('000', '000')), []);
});

test('an island that is removed takes nothing else along', t => {
  const ink = plane('90010', '90011');
  removeIsland(ink, findIslands(ink)[0]!);
  t.deepEqual(ink, plane('00010', '00011'));
});
