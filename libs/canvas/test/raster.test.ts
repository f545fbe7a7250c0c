import test from 'ava';
import { blankRaster, FULL_INK, inkAt, isBlank, PIXELS, SIDE } from '../src/raster.ts';

test('a blank raster is 784 pixels of bare paper', t => {
  t.is(blankRaster().length, PIXELS);
  t.is(PIXELS, 784);
  t.true(isBlank(blankRaster()));
});

test('one pixel of faint ink makes a raster not blank', t => {
  const raster = new Uint8Array(PIXELS);
  raster[PIXELS - 1] = 1;
  t.false(isBlank(raster));
});

test('ink is read by column and row', t => {
  const raster = new Uint8Array(PIXELS);
  raster[5 * SIDE + 11] = FULL_INK;
  t.is(inkAt(raster, 11, 5), FULL_INK);
  t.is(inkAt(raster, 5, 11), 0);
});

test('there is no ink beside the surface', t => {
  const raster = new Uint8Array(PIXELS).fill(FULL_INK);
  t.deepEqual(
    [inkAt(raster, -1, 3), inkAt(raster, SIDE, 3), inkAt(raster, 3, -1), inkAt(raster, 3, SIDE)],
    [0, 0, 0, 0],
  );
});
