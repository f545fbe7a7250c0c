import test from 'ava';
import {
  blankRaster,
  canvasPixelCount,
  canvasSide,
  fullInk,
  inkAt,
  isBlank,
} from '../src/raster.ts';

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

test('there is no ink beside the surface', t => {
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
