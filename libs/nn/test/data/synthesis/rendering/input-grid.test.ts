import test from 'ava';
import { snapToGrid } from '../../../../src/data/synthesis/rendering/input-grid.ts';

const drawing = [
  [
    [3.1, 5.9],
    [3.9, 4.1],
    [4, 6],
    [3.5, 5],
  ],
  [[0, 0]],
] as const;

test('in half blocks a point is reported in the middle of a cell of 1 × 2 pixels', t => {
  t.deepEqual(snapToGrid(drawing, 'half-block'), [
    [
      [3.5, 5],
      [4.5, 7],
      [3.5, 5],
    ],
    [[0.5, 1]],
  ]);
});

test('in full cells a point is reported in the middle of a cell of ½ × 1 pixel', t => {
  t.deepEqual(snapToGrid(drawing, 'full-cell'), [
    [
      [3.25, 5.5],
      [3.75, 4.5],
      [4.25, 6.5],
      [3.75, 5.5],
    ],
    [[0.25, 0.5]],
  ]);
});

test('a pen that stays in a cell is reported once', t => {
  const still = [Array.from({ length: 13 }, (_, i) => [7 + i / 13, 9] as const)];
  t.deepEqual(snapToGrid(still, 'half-block'), [[[7.5, 9]]]);
  t.is(snapToGrid(still, 'full-cell')[0]!.length, 2);
});

test('points beside the paper have cells as well', t => {
  t.deepEqual(snapToGrid([[[-0.2, -0.2]]], 'half-block'), [[[-0.5, -1]]]);
});

test('a terminal that reports pixels changes nothing', t => {
  t.is(snapToGrid(drawing, 'none'), drawing);
});
