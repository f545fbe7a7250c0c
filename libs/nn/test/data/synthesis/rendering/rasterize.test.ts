import { drawStrokes } from '@digits/canvas';
import test from 'ava';
import fc from 'fast-check';
import { rasterize, rasterizeThin } from '../../../../src/data/synthesis/rendering/rasterize.ts';

const coordinates = fc.double({ min: -9, max: 37, noNaN: true });
const drawings = fc.array(fc.array(fc.tuple(coordinates, coordinates), { maxLength: 6 }), {
  maxLength: 3,
});
const radii = fc.double({ min: 0.2, max: 4, noNaN: true });

test('a soft pen on 28×28 draws what the app’s brush does', t => {
  const property = fc.property(drawings, radii, (drawing, radius) => {
    const ours = rasterize(drawing, 28, { radius, isSoft: true });
    const theirs = drawStrokes(drawing, { radius });
    return ours.every((ink, i) => Math.abs(ink - theirs[i]!) <= 1);
  });
  t.notThrows(() => fc.assert(property, { numRuns: 200 }));
});

test('a hard pen has no grey edges', t => {
  const ink = rasterize(
    [
      [
        [5.3, 7.1],
        [40.2, 31.9],
      ],
    ],
    53,
    { radius: 1.7, isSoft: false },
  );
  t.deepEqual(new Set(ink), new Set([0, 255]));
});

test('a dot is as wide as the pen, on images of any size', t => {
  const side = 97;
  const inked = rasterize([[[48.5, 48.5]]], side, { radius: 6, isSoft: false });
  const area = inked.filter(value => value > 0).length;
  t.true(Math.abs(area - Math.PI * 36) < 8, `${area}`);
});

/** What is drawn, a # for each pixel with ink. */
function shown(ink: Uint8Array, side: number): string[] {
  return Array.from({ length: side }, (_, y) =>
    [...ink.subarray(y * side, (y + 1) * side)].map(value => (value > 0 ? '#' : '.')).join(''),
  );
}

test('a thin line has one pixel a step and no grey edges', t => {
  const line = rasterizeThin(
    [
      [
        [0.9, 0.1],
        [6.2, 2.8],
      ],
    ],
    7,
  );
  t.deepEqual(shown(line, 7), [
    '##.....',
    '..###..',
    '.....##',
    '.......',
    '.......',
    '.......',
    '.......',
  ]);
  t.true(line.every(value => value === 0 || value === 255));
});

test('thin lines go in every direction, a single point is a dot, and lines are clipped to the image', t => {
  const drawing = [
    [
      [-3, 2.5],
      [9, 2.5],
    ],
    [
      [3.5, 6.5],
      [3.5, 4.5],
    ],
    [[0.5, 0.5]],
    [],
  ] as const;
  t.deepEqual(shown(rasterizeThin(drawing, 7), 7), [
    '#......',
    '.......',
    '#######',
    '.......',
    '...#...',
    '...#...',
    '...#...',
  ]);
});

test('a thin line has as many pixels as its longer extent, in every direction', t => {
  const property = fc.property(
    fc.tuple(...Array.from({ length: 4 }, () => fc.integer({ min: 0, max: 30 }))),
    ([x0, y0, x1, y1]) => {
      const ink = rasterizeThin(
        [
          [
            [x0!, y0!],
            [x1!, y1!],
          ],
        ],
        31,
      );
      const longer = Math.max(Math.abs(x1! - x0!), Math.abs(y1! - y0!));
      const count = ink.filter(value => value > 0).length;
      return count === longer + 1 && ink[y0! * 31 + x0!] === 255 && ink[y1! * 31 + x1!] === 255;
    },
  );
  t.notThrows(() => fc.assert(property, { numRuns: 300 }));
});
