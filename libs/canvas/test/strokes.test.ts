import test from 'ava';
import { paintSegment } from '../src/paint.ts';
import { blankRaster, inkAt, isBlank } from '../src/raster.ts';
import { drawStrokes, scaleStrokes } from '../src/strokes.ts';

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
