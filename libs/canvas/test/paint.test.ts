import test from 'ava';
import fc from 'fast-check';
import { inkAtDistance } from '../src/brush.ts';
import { eraseSegment, paintSegment } from '../src/paint.ts';
import { distanceToSegment, type Point, type Segment } from '../src/point.ts';
import {
  blankRaster,
  canvasPixelCount,
  canvasSide,
  fullInk,
  inkAt,
  invertRaster,
  isBlank,
  type Raster,
} from '../src/raster.ts';
import { radii, rasters, segments } from './arbitraries.ts';

/** The brush's ink at every pixel by the formula alone, without a bounding box. */
function inkEverywhere(segment: Segment, radius: number): Uint8Array {
  return Uint8Array.from({ length: canvasPixelCount }, (_, index) => {
    const centre: Point = [(index % canvasSide) + 0.5, Math.floor(index / canvasSide) + 0.5];
    return inkAtDistance({ radius }, distanceToSegment(centre, segment));
  });
}

const isNowhereAbove = (one: Raster, other: Raster) =>
  one.every((ink, index) => ink <= (other[index] ?? 0));

const lighterOf = (one: Raster, other: Raster) =>
  Uint8Array.from(one, (ink, index) => Math.min(ink, other[index] ?? 0));

test('painting equals the formula at every pixel, for any segment', t => {
  const property = fc.property(rasters, segments, radii, (raster, segment, radius) => {
    const ink = inkEverywhere(segment, radius);
    const expected = ink.map((laid, index) => Math.max(laid, raster[index] ?? 0));
    t.deepEqual(Uint8Array.from(paintSegment(raster, segment, { radius })), expected);
  });
  fc.assert(property);
});

test('erasing equals painting on the inverse', t => {
  const property = fc.property(rasters, segments, radii, (raster, segment, radius) => {
    const painted = paintSegment(invertRaster(raster), segment, { radius });
    t.deepEqual(eraseSegment(raster, segment, { radius }), invertRaster(painted));
  });
  fc.assert(property);
});

test('painting only adds ink, erasing only removes it', t => {
  const property = fc.property(rasters, segments, radii, (raster, segment, radius) => {
    t.true(isNowhereAbove(raster, paintSegment(raster, segment, { radius })));
    t.true(isNowhereAbove(eraseSegment(raster, segment, { radius }), raster));
  });
  fc.assert(property);
});

test('more ink before is more ink after, for both tools', t => {
  const property = fc.property(rasters, rasters, segments, radii, (one, two, segment, radius) => {
    const less = lighterOf(one, two);
    for (const apply of [paintSegment, eraseSegment]) {
      t.true(isNowhereAbove(apply(less, segment, { radius }), apply(two, segment, { radius })));
    }
  });
  fc.assert(property);
});

test('the same segment again changes nothing and returns the same raster', t => {
  const property = fc.property(rasters, segments, radii, (raster, segment, radius) => {
    for (const apply of [paintSegment, eraseSegment]) {
      const once = apply(raster, segment, { radius });
      t.is(apply(once, segment, { radius }), once);
    }
  });
  fc.assert(property);
});

test('a segment painted backwards leaves the same ink within rounding', t => {
  const property = fc.property(segments, radii, ([from, to], radius) => {
    const forwards = paintSegment(blankRaster(), [from, to], { radius });
    const backwards = paintSegment(blankRaster(), [to, from], { radius });
    t.true(forwards.every((ink, index) => Math.abs(ink - (backwards[index] ?? 0)) <= 1));
  });
  fc.assert(property);
});

test('what the eraser covers fully is bare paper, and its edge is soft', t => {
  const inked = new Uint8Array(canvasPixelCount).fill(fullInk);
  const erased = eraseSegment(inked, [
    [11.5, 5.5],
    [11.5, 5.5],
  ]);
  t.is(inkAt(erased, 11, 5), 0);
  const beside = inkAt(erased, 12, 5);
  t.true(beside > 0 && beside < fullInk);
  t.is(inkAt(erased, 11, 9), fullInk);
});

test('painting leaves its input unchanged', t => {
  const raster = blankRaster();
  paintSegment(raster, [
    [3, 5],
    [23, 19],
  ]);
  t.true(isBlank(raster));
});

test('a dot in the middle of a pixel inks that pixel fully and its neighbours alike', t => {
  const raster = paintSegment(blankRaster(), [
    [11.5, 5.5],
    [11.5, 5.5],
  ]);
  t.is(inkAt(raster, 11, 5), 255);
  const beside = inkAt(raster, 12, 5);
  t.true(beside > 0 && beside < 255);
  t.deepEqual(
    [inkAt(raster, 10, 5), inkAt(raster, 11, 4), inkAt(raster, 11, 6)],
    Array(3).fill(beside),
  );
});

test('a dot in a corner stays on the canvas', t => {
  const corner = [0, 0] as const;
  const raster = paintSegment(blankRaster(), [corner, corner], { radius: 1.2 });
  t.is(inkAt(raster, 0, 0), 253);
  t.is(inkAt(raster, canvasSide - 1, 0), 0);
});

test('a path beside the canvas leaves no ink', t => {
  const raster = blankRaster();
  t.is(
    paintSegment(raster, [
      [-9, -7],
      [-5, 900_000],
    ]),
    raster,
  );
});

test('the widest brush inks the whole canvas', t => {
  const raster = paintSegment(
    blankRaster(),
    [
      [14, 14],
      [14, 14],
    ],
    { radius: 28 },
  );
  t.true(raster.every(ink => ink === 255));
});

for (const coordinate of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e7]) {
  test(`a coordinate of ${coordinate} is invalid, in x and in y, at either end`, t => {
    const fine: Point = [3, 5];
    for (const bad of [[coordinate, 5] as const, [3, coordinate] as const]) {
      for (const segment of [[bad, fine] as const, [fine, bad] as const]) {
        t.like(
          t.throws(() => paintSegment(blankRaster(), segment)),
          { code: 'invalid-point' },
        );
      }
    }
  });
}

test('a brush without a radius is invalid', t => {
  const segment: Segment = [
    [3, 5],
    [3, 5],
  ];
  t.like(
    t.throws(() => paintSegment(blankRaster(), segment, { radius: Number.NaN })),
    {
      code: 'invalid-radius',
    },
  );
});
