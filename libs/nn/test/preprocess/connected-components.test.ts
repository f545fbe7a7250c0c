import test from 'ava';
import {
  findConnectedComponents,
  removeComponent,
  removeSmallComponents,
} from '../../src/preprocess/connected-components.ts';
import type { Plane } from '../../src/preprocess/picture.ts';
import { plane } from './pictures.ts';

test('each component has its mass, its pixels and the box around them', t => {
  const components = findConnectedComponents(plane('0050000', '0550000', '0000001', '0000010'));
  t.deepEqual(
    components.map(({ box, pixels }) => ({ ...box, pixels: [...pixels].sort((a, b) => a - b) })),
    [
      { left: 1, top: 0, right: 3, bottom: 2, pixels: [2, 8, 9] },
      { left: 5, top: 2, right: 7, bottom: 4, pixels: [20, 26] },
    ],
  );
  t.deepEqual(
    components.map(({ mass }) => mass.toFixed(3)),
    ['1.500', '0.200'],
  );
});

test('ink in all four corners is four components', t => {
  const corners = findConnectedComponents(plane('10001', '00000', '10001'));
  t.deepEqual(
    corners.map(({ pixels }) => [...pixels]),
    [[0], [4], [10], [14]],
  );
});

test('a plane full of ink is one component, a plane without ink has none', t => {
  t.is(findConnectedComponents(plane('111', '111', '111', '111', '111'))[0]!.pixels.length, 15);
  t.deepEqual(findConnectedComponents(plane('000', '000')), []);
});

test('removing a component leaves all other ink', t => {
  const ink = plane('90010', '90011');
  removeComponent(ink, findConnectedComponents(ink)[0]!);
  t.deepEqual(ink, plane('00010', '00011'));
});

/** In a picture with noise, or in a clean one. */
function clear(ink: Plane, { isClean = false } = {}): void {
  removeSmallComponents(ink, findConnectedComponents(ink), isClean);
}

const empty = '0000000';
const stroke = '0999990';

test('a component of less than a fiftieth of the largest is removed, and the rest stays', t => {
  const strokes = [stroke, stroke, stroke, stroke, stroke];
  const ink = plane('0000001', empty, ...strokes, empty, '0000005', empty, '1100000');
  clear(ink);
  t.deepEqual(ink, plane(empty, empty, ...strokes, empty, '0000005', empty, empty));
});

test('ink that touches at a corner is one component, at every edge of the picture', t => {
  const ink = plane('9000009', '0900091', '0099900', '0000010');
  const before = ink.values.slice();
  clear(ink);
  t.deepEqual(ink.values, before);
});

test('the ends of neighbouring rows do not touch', t => {
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

/** A bar of 5×20 pixels with single pixels of ink beside it. */
function barAnd(...dots: readonly (readonly [x: number, y: number])[]): Plane {
  const [width, height] = [41, 31];
  const values = new Float32Array(width * height);
  for (let y = 5; y < 25; y++) values.fill(1, y * width + 10, y * width + 15);
  for (const [x, y] of dots) values[y * width + x] = 1;
  return { width, height, values };
}

test('in a clean drawing a dot beside the digit stays', t => {
  const ink = barAnd([17, 25]);
  clear(ink, { isClean: true });
  t.deepEqual(ink, barAnd([17, 25]));
  clear(ink);
  t.deepEqual(ink, barAnd(), 'in a noisy one it is noise');
});

test('in a clean drawing a dot far from the digit is removed', t => {
  const ink = barAnd([35, 12]);
  clear(ink, { isClean: true });
  t.deepEqual(ink, barAnd());
});

test('many dots are dust, and all of them are removed', t => {
  const ink = barAnd([17, 6], [17, 10], [17, 14], [17, 18]);
  clear(ink, { isClean: true });
  t.deepEqual(ink, barAnd());
});
