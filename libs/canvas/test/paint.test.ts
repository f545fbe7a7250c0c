import test from 'ava';
import { inkAtDistance } from '../src/brush.ts';
import { paintSegment } from '../src/paint.ts';
import { distanceToSegment, type Point, type Segment } from '../src/point.ts';
import { blankRaster, inkAt, isBlank, PIXELS, type Raster, SIDE } from '../src/raster.ts';
import { seededRandom } from './random.ts';

const CASES = 300;

/** Random segments, many of which leave the surface, with radii from thin to absurdly wide. */
function* randomSegments(seed: number): Generator<{ segment: Segment; radius: number }> {
  const random = seededRandom(seed);
  const point = (): Point => [random() * 60 - 16, random() * 60 - 16];
  for (let count = 0; count < CASES; count++) {
    yield { segment: [point(), point()], radius: 0.01 + random() ** 3 * 27 };
  }
}

/** Every pixel by the formula alone, without a bounding box: what painting must equal. */
function paintEverywhere(raster: Raster, segment: Segment, radius: number): Uint8Array {
  return Uint8Array.from({ length: PIXELS }, (_, index) => {
    const centre: Point = [(index % SIDE) + 0.5, Math.floor(index / SIDE) + 0.5];
    const ink = inkAtDistance({ radius }, distanceToSegment(centre, segment));
    return Math.max(raster[index] ?? 0, ink);
  });
}

test('painting equals the formula at every pixel, whatever the segment', t => {
  let raster = blankRaster();
  let count = 0;
  for (const { segment, radius } of randomSegments(1)) {
    if (count++ % 7 === 0) raster = blankRaster();
    const expected = paintEverywhere(raster, segment, radius);
    raster = paintSegment(raster, segment, { radius });
    t.deepEqual(raster, expected);
  }
});

test('painting only ever adds ink', t => {
  let raster = blankRaster();
  for (const { segment, radius } of randomSegments(2)) {
    const painted = paintSegment(raster, segment, { radius: Math.min(radius, 2) });
    t.true(painted.every((ink, index) => ink >= (raster[index] ?? 0)));
    raster = painted;
  }
});

test('painting the same segment again changes nothing and returns the same raster', t => {
  for (const { segment, radius } of randomSegments(3)) {
    const once = paintSegment(blankRaster(), segment, { radius });
    t.is(paintSegment(once, segment, { radius }), once);
  }
});

test('a segment painted backwards leaves the same ink within rounding', t => {
  for (const { segment, radius } of randomSegments(4)) {
    const forwards = paintSegment(blankRaster(), segment, { radius });
    const backwards = paintSegment(blankRaster(), [segment[1], segment[0]], { radius });
    t.true(forwards.every((ink, index) => Math.abs(ink - (backwards[index] ?? 0)) <= 1));
  }
});

test('the raster that is painted on stays as it was', t => {
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

test('a dot in a corner stays on the surface', t => {
  const raster = paintSegment(blankRaster(), [
    [0, 0],
    [0, 0],
  ]);
  t.is(inkAt(raster, 0, 0), 253);
  t.is(inkAt(raster, SIDE - 1, 0), 0);
});

test('a path beside the surface leaves nothing', t => {
  const raster = blankRaster();
  t.is(
    paintSegment(raster, [
      [-9, -7],
      [-5, 900_000],
    ]),
    raster,
  );
});

test('the widest brush inks the whole surface', t => {
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
  test(`a coordinate of ${coordinate} is refused, in x and in y, at either end`, t => {
    const fine: Point = [3, 5];
    for (const bad of [[coordinate, 5] as const, [3, coordinate] as const]) {
      for (const segment of [[bad, fine] as const, [fine, bad] as const]) {
        t.like(
          t.throws(() => paintSegment(blankRaster(), segment)),
          { code: 'CANVAS_POINT' },
        );
      }
    }
  });
}

test('a brush without a radius is refused', t => {
  const segment: Segment = [
    [3, 5],
    [3, 5],
  ];
  t.like(
    t.throws(() => paintSegment(blankRaster(), segment, { radius: Number.NaN })),
    {
      code: 'CANVAS_RADIUS',
    },
  );
});
