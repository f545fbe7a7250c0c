import test from 'ava';
import { inkBounds } from '../../src/preprocess/bounds.ts';
import type { Plane } from '../../src/preprocess/picture.ts';
import { growStrokes, measureStrokeWidth } from '../../src/preprocess/stroke-width.ts';

/** A bar of a length and thickness, its ink as dark as given. */
function bar(length: number, thickness: number, ink = 1): Plane {
  const [width, height] = [length + 6, thickness + 10];
  const values = new Float32Array(width * height);
  for (let y = 5; y < 5 + thickness; y++) values.fill(ink, y * width + 3, y * width + 3 + length);
  return { width, height, values };
}

for (const thickness of [1, 2, 5]) {
  for (const ink of [1, 0.3]) {
    test(`a line ${thickness} wide with ink ${ink} is measured as ${thickness} wide`, t => {
      const plane = bar(211, thickness, ink);
      const width = measureStrokeWidth(plane, inkBounds(plane)!);
      t.true(Math.abs(width - thickness) < 0.15, `${width}`);
    });
  }
}

test('a box without ink has strokes of no width', t => {
  t.is(measureStrokeWidth(bar(7, 3, 0), { left: 0, top: 0, right: 13, bottom: 13 }), 0);
});

test('strokes grow by the radius on every side, with a margin for it', t => {
  const plane = bar(53, 1, 0.8);
  const grown = growStrokes(plane, inkBounds(plane)!, 2);
  t.is(grown.width, 53 + 2 * 2);
  t.is(grown.height, 1 + 2 * 2);
  t.deepEqual(inkBounds(grown), { left: 0, top: 0, right: 57, bottom: 5 });
  const middle = Array.from({ length: 5 }, (_, y) => grown.values[y * 57 + 28]!.toFixed(2));
  t.deepEqual(middle, ['0.80', '0.80', '0.80', '0.80', '0.80']);
});

test('a part of a pixel of radius gives a grey edge', t => {
  const plane = bar(53, 1);
  const { width, values } = growStrokes(plane, inkBounds(plane)!, 1.25);
  const middle = Array.from({ length: 5 }, (_, y) => values[y * width + 28]!.toFixed(2));
  t.deepEqual(middle, ['0.25', '1.00', '1.00', '1.00', '0.25']);
});
