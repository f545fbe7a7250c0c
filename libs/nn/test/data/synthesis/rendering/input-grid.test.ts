import test from 'ava';
import { snapToGrid } from '../../../../src/data/synthesis/rendering/render.ts';

const drawing = [
  [
    [3.1, 5.9],
    [3.9, 4.1],
    [4, 6],
    [3.5, 5],
  ],
  [[0, 0]],
] as const;

test('with half blocks a point moves to the centre of a cell of 1 × 2 pixels', t => {
  t.deepEqual(snapToGrid(drawing, 'half-block'), [
    [
      [3.5, 5],
      [4.5, 7],
      [3.5, 5],
    ],
    [[0.5, 1]],
  ]);
});

test('with full cells a point moves to the centre of a cell of ½ × 1 pixel', t => {
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

test('a pen that stays in a cell gives one point', t => {
  const still = [Array.from({ length: 13 }, (_, i) => [7 + i / 13, 9] as const)];
  t.deepEqual(snapToGrid(still, 'half-block'), [[[7.5, 9]]]);
  t.is(snapToGrid(still, 'full-cell')[0]!.length, 2);
});

test('points outside the canvas have cells as well', t => {
  t.deepEqual(snapToGrid([[[-0.2, -0.2]]], 'half-block'), [[[-0.5, -1]]]);
});

test('without a grid the points stay as they are', t => {
  t.is(snapToGrid(drawing, 'none'), drawing);
});
