// From a point to a stroke: distances, the brush, and the ink that strokes leave.

import test from 'ava';
import { checkBrush, defaultBrush, inkAtDistance } from '../src/brush.ts';
import { paintSegment } from '../src/paint.ts';
import { distanceToSegment, type Segment } from '../src/point.ts';
import { blankRaster, inkAt, isBlank } from '../src/raster.ts';
import { drawStrokes, scaleStrokes } from '../src/strokes.ts';

const across: Segment = [
  [2, 3],
  [7, 3],
];

test('beside a segment the distance is the perpendicular', t => {
  t.is(distanceToSegment([5, 14], across), 11);
});

test('beyond its ends the distance is that to the nearer end', t => {
  t.is(distanceToSegment([10, 7], across), 5);
  t.is(distanceToSegment([-1, -1], across), 5);
});

test('a segment without length is a point', t => {
  t.is(
    distanceToSegment(
      [3, 4],
      [
        [0, 0],
        [0, 0],
      ],
    ),
    5,
  );
});

test('ink falls from full to none over the last pixel', t => {
  const brush = { radius: 2 };
  t.is(inkAtDistance(brush, 0), 255);
  t.is(inkAtDistance(brush, 1.5), 255);
  t.is(inkAtDistance(brush, 2), 128);
  t.is(inkAtDistance(brush, 2.5), 0);
  t.is(inkAtDistance(brush, 100), 0);
});

test('the default brush draws lines two to three pixels thick', t => {
  const thicknessOnCentres = [-3, -2, -1, 0, 1, 2, 3]
    .map(row => inkAtDistance(defaultBrush, Math.abs(row)) / 255)
    .reduce((sum, ink) => sum + ink);
  t.true(thicknessOnCentres > 2 && thicknessOnCentres < 3);
});

for (const radius of [0, -1, Number.NaN, Number.POSITIVE_INFINITY, 28.1]) {
  test(`a radius of ${radius} is invalid`, t => {
    t.like(
      t.throws(() => checkBrush({ radius })),
      { code: 'invalid-radius' },
    );
  });
}

test('the smallest and the largest radius are valid', t => {
  t.notThrows(() => checkBrush({ radius: Number.MIN_VALUE }));
  t.notThrows(() => checkBrush({ radius: 28 }));
});

test('no strokes, and a stroke without points, leave bare paper', t => {
  t.true(isBlank(drawStrokes([])));
  t.true(isBlank(drawStrokes([[]])));
});

test('a stroke of one point is a dot', t => {
  t.deepEqual(
    drawStrokes([[[5, 11]]]),
    paintSegment(blankRaster(), [
      [5, 11],
      [5, 11],
    ]),
  );
});

test('a stroke is the path through its points', t => {
  const raster = drawStrokes([
    [
      [3.5, 5.5],
      [19.5, 5.5],
      [19.5, 23.5],
    ],
  ]);
  t.is(inkAt(raster, 11, 5), 255);
  t.is(inkAt(raster, 19, 17), 255);
  t.is(inkAt(raster, 11, 14), 0);
});

test('between strokes the pen is lifted', t => {
  const raster = drawStrokes([
    [
      [3.5, 3.5],
      [3.5, 23.5],
    ],
    [
      [23.5, 3.5],
      [23.5, 23.5],
    ],
  ]);
  t.is(inkAt(raster, 13, 13), 0);
});

test('strokes in sides of the box scale to pixels', t => {
  t.deepEqual(
    scaleStrokes(
      [
        [
          [0.25, 0.5],
          [1, 0],
        ],
      ],
      28,
    ),
    [
      [
        [7, 14],
        [28, 0],
      ],
    ],
  );
});

test('a wider brush draws thicker', t => {
  const stroke = [
    [
      [3.5, 13.5],
      [23.5, 13.5],
    ],
  ] as const;
  t.is(inkAt(drawStrokes(stroke), 13, 17), 0);
  t.is(inkAt(drawStrokes(stroke, { radius: 4 }), 13, 17), 128);
});
