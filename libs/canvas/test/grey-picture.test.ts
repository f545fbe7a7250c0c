import test from 'ava';
import fc from 'fast-check';
import { rasterOfPicture } from '../src/grey-picture.ts';
import { canvasPixelCount, canvasSide, hasSameInk, inkAt, isBlank } from '../src/raster.ts';
import { rasters } from './arbitraries.ts';

test('a picture of 28×28 with a dark edge is taken as it is', t => {
  const property = fc.property(rasters, raster => {
    const data = raster.map((ink, index) => {
      const [x, y] = [index % canvasSide, Math.floor(index / canvasSide)];
      return x === 0 || y === 0 || x === canvasSide - 1 || y === canvasSide - 1 ? 0 : ink;
    });
    t.true(hasSameInk(rasterOfPicture({ width: canvasSide, height: canvasSide, data }), data));
  });
  fc.assert(property);
});

test('dark ink on light paper is inverted', t => {
  const data = new Uint8Array(canvasPixelCount).fill(255);
  data[11 * canvasSide + 5] = 0;
  const raster = rasterOfPicture({ width: canvasSide, height: canvasSide, data });
  t.is(inkAt(raster, 5, 11), 255);
  t.is(inkAt(raster, 11, 5), 0);
});

test('a larger picture is averaged, a smaller one enlarged', t => {
  const large = new Uint8Array(56 * 56);
  large[22 * 56 + 10] = 200;
  t.is(inkAt(rasterOfPicture({ width: 56, height: 56, data: large }), 5, 11), 50);
  const small = new Uint8Array(49);
  small[3 * 7 + 3] = 255;
  const raster = rasterOfPicture({ width: 7, height: 7, data: small });
  t.deepEqual([inkAt(raster, 12, 12), inkAt(raster, 15, 15)], [255, 255]);
  t.deepEqual([inkAt(raster, 11, 12), inkAt(raster, 16, 15)], [0, 0]);
});

test('a picture that is not square keeps its proportions, in the middle', t => {
  const width = 56;
  const data = new Uint8Array(width * 28);
  data[14 * width + 28] = 252;
  const raster = rasterOfPicture({ width, height: 28, data });
  t.is(inkAt(raster, 14, 14), 63);
});

test('light paper that is not square leaves bare paper beside it', t => {
  const data = new Uint8Array(7 * 29).fill(240);
  t.true(rasterOfPicture({ width: 7, height: 29, data }).every(ink => ink === 15));
  t.true(isBlank(rasterOfPicture({ width: 7, height: 29, data: data.map(() => 255) })));
});

test('any picture gives 784 pixels', t => {
  const sizes = fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }));
  const pictures = sizes.chain(([width, height]) => {
    const length = { minLength: width * height, maxLength: width * height };
    return fc.record({
      width: fc.constant(width),
      height: fc.constant(height),
      data: fc.uint8Array(length),
    });
  });
  fc.assert(
    fc.property(pictures, picture => t.is(rasterOfPicture(picture).length, canvasPixelCount)),
  );
});

for (const [width, height] of [
  [0, 0],
  [2, 3],
  [2.5, 2],
  [-1, -5],
] as const) {
  test(`a picture of ${width}×${height} pixels with five values is invalid`, t => {
    t.like(
      t.throws(() => rasterOfPicture({ width, height, data: new Uint8Array(5) })),
      { code: 'invalid-picture' },
    );
  });
}
