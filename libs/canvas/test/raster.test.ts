import test from 'ava';
import { blankRaster, fullInk, inkAt, isBlank, pixelCount, side } from '../src/raster.ts';

test('a blank raster is 784 pixels of bare paper', t => {
  t.is(blankRaster().length, pixelCount);
  t.is(pixelCount, 784);
  t.true(isBlank(blankRaster()));
});

test('one pixel of faint ink makes a raster not blank', t => {
  const raster = new Uint8Array(pixelCount);
  raster[pixelCount - 1] = 1;
  t.false(isBlank(raster));
});

test('ink is read by column and row', t => {
  const raster = new Uint8Array(pixelCount);
  raster[5 * side + 11] = fullInk;
  t.is(inkAt(raster, 11, 5), fullInk);
  t.is(inkAt(raster, 5, 11), 0);
});

test('there is no ink beside the surface', t => {
  const raster = new Uint8Array(pixelCount).fill(fullInk);
  t.deepEqual(
    [inkAt(raster, -1, 3), inkAt(raster, side, 3), inkAt(raster, 3, -1), inkAt(raster, 3, side)],
    [0, 0, 0, 0],
  );
});
