import test from 'ava';
import fc from 'fast-check';
import {
  blankRaster,
  canvasPixelCount,
  canvasSide,
  fullInk,
  hasSameInk,
  inkAt,
  invertRaster,
  isBlank,
  shiftRaster,
} from '../src/raster.ts';
import { rasters } from './arbitraries.ts';

test('a blank raster is 784 pixels of bare paper', t => {
  t.is(blankRaster().length, canvasPixelCount);
  t.is(canvasPixelCount, 784);
  t.true(isBlank(blankRaster()));
});

test('one pixel of faint ink makes a raster not blank', t => {
  const raster = new Uint8Array(canvasPixelCount);
  raster[canvasPixelCount - 1] = 1;
  t.false(isBlank(raster));
});

test('ink is read by column and row', t => {
  const raster = new Uint8Array(canvasPixelCount);
  raster[5 * canvasSide + 11] = fullInk;
  t.is(inkAt(raster, 11, 5), fullInk);
  t.is(inkAt(raster, 5, 11), 0);
});

test('there is no ink outside the canvas', t => {
  const raster = new Uint8Array(canvasPixelCount).fill(fullInk);
  t.deepEqual(
    [
      inkAt(raster, -1, 3),
      inkAt(raster, canvasSide, 3),
      inkAt(raster, 3, -1),
      inkAt(raster, 3, canvasSide),
    ],
    [0, 0, 0, 0],
  );
});

const steps = fc.integer({ min: -30, max: 30 });

test('a shift moves every pixel, and bare paper comes in', t => {
  const property = fc.property(rasters, steps, steps, (raster, dx, dy) => {
    const shifted = shiftRaster(raster, dx, dy);
    for (let index = 0; index < canvasPixelCount; index += 13) {
      const [x, y] = [index % canvasSide, Math.floor(index / canvasSide)];
      t.is(inkAt(shifted, x, y), inkAt(raster, x - dx, y - dy));
    }
  });
  fc.assert(property);
});

test('shifting there and back loses only what left the canvas', t => {
  const property = fc.property(rasters, steps, steps, (raster, dx, dy) => {
    const back = shiftRaster(shiftRaster(raster, dx, dy), -dx, -dy);
    const isOn = (place: number) => place >= 0 && place < canvasSide;
    const expected = raster.map((ink, index) =>
      isOn((index % canvasSide) + dx) && isOn(Math.floor(index / canvasSide) + dy) ? ink : 0,
    );
    t.deepEqual(back, expected);
  });
  fc.assert(property);
});

test('two shifts in one direction are one of their sum', t => {
  const forwards = fc.nat(14);
  const property = fc.property(rasters, forwards, forwards, (raster, one, two) => {
    t.deepEqual(
      shiftRaster(shiftRaster(raster, one, 0), two, 0),
      shiftRaster(raster, one + two, 0),
    );
  });
  fc.assert(property);
});

test('inverting twice is the identity, and inverts each pixel once', t => {
  const property = fc.property(rasters, raster => {
    const inverted = invertRaster(raster);
    t.true(inverted.every((ink, index) => ink + (raster[index] ?? 0) === 255));
    t.true(hasSameInk(invertRaster(inverted), raster));
  });
  fc.assert(property);
});
