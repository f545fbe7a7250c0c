import test from 'ava';
import { findIslands } from '../../src/preprocess/islands.ts';
import type { Plane } from '../../src/preprocess/picture.ts';
import { removeSpecks } from '../../src/preprocess/specks.ts';
import { plane } from './draw.ts';

/** In a picture with noise, or in a clean one. */
function clear(ink: Plane, { isClean = false } = {}): void {
  removeSpecks(ink, findIslands(ink), isClean);
}

const empty = '0000000';
const stroke = '0999990';

test('an island of less than a fiftieth of the largest goes, and the rest stays', t => {
  const strokes = [stroke, stroke, stroke, stroke, stroke];
  const ink = plane('0000001', empty, ...strokes, empty, '0000005', empty, '1100000');
  clear(ink);
  t.deepEqual(ink, plane(empty, empty, ...strokes, empty, '0000005', empty, empty));
});

test('ink that touches at a corner is one island, at every edge of the picture', t => {
  const ink = plane('9000009', '0900091', '0099900', '0000010');
  const before = ink.values.slice();
  clear(ink);
  t.deepEqual(ink.values, before);
});

test('the two ends of neighbouring rows do not touch', t => {
  const ink = plane('9999991', '0000000', '9999900', '0000001', '1000000');
  clear(ink);
  t.is(ink.values[27], 0);
  t.is(ink.values[28], 0);
});

test('a plane without ink stays as it is', t => {
  const ink = plane(empty, empty);
  t.notThrows(() => clear(ink));
  t.deepEqual(ink, plane(empty, empty));
});

/** A bar of 5×20, and single pixels of ink besides. */
function barAnd(...dots: readonly (readonly [x: number, y: number])[]): Plane {
  const [width, height] = [41, 31];
  const values = new Float32Array(width * height);
  for (let y = 5; y < 25; y++) values.fill(1, y * width + 10, y * width + 15);
  for (const [x, y] of dots) values[y * width + x] = 1;
  return { width, height, values };
}

test('in a clean drawing a dot beside the digit was meant', t => {
  const ink = barAnd([17, 25]);
  clear(ink, { isClean: true });
  t.deepEqual(ink, barAnd([17, 25]));
  clear(ink);
  t.deepEqual(ink, barAnd(), 'in a noisy one it is noise');
});

test('in a clean drawing a dot far from the digit goes', t => {
  const ink = barAnd([35, 12]);
  clear(ink, { isClean: true });
  t.deepEqual(ink, barAnd());
});

test('many dots are dust, and none of them was meant', t => {
  const ink = barAnd([17, 6], [17, 10], [17, 14], [17, 18]);
  clear(ink, { isClean: true });
  t.deepEqual(ink, barAnd());
});
