import { blankRaster, PIXELS, type Raster, SIDE } from '@digits/canvas';
import test from 'ava';
import { colouredRows, plainRows } from '../../src/screen/half-blocks.ts';

function rasterWith(...pixels: readonly (readonly [x: number, y: number, ink: number])[]): Raster {
  const raster = new Uint8Array(PIXELS);
  for (const [x, y, ink] of pixels) raster[y * SIDE + x] = ink;
  return raster;
}

const grey = (layer: number, ink: number) => `\u{1b}[${layer};2;${ink};${ink};${ink}m`;

test('a cell has the upper pixel as foreground and the lower as background', t => {
  const rows = colouredRows(rasterWith([0, 4, 201], [0, 5, 77]), undefined);
  t.true(rows[2]?.startsWith(`${grey(38, 201)}${grey(48, 77)}▀${grey(38, 0)}${grey(48, 0)}▀`));
});

test('there are 14 rows of 28 half blocks, each of which ends its colours', t => {
  const rows = colouredRows(blankRaster(), undefined);
  t.is(rows.length, 14);
  for (const row of rows) {
    t.is(row.split('▀').length - 1, 28);
    t.true(row.endsWith('\u{1b}[39;49m'));
  }
});

test('the marked pixel is coloured, otherwise when the pen is down', t => {
  const up = colouredRows(blankRaster(), { x: 0, y: 1, isDown: false });
  const down = colouredRows(blankRaster(), { x: 0, y: 1, isDown: true });
  t.true(up[0]?.startsWith(`${grey(38, 0)}\u{1b}[48;2;255;176;0m▀`));
  t.true(down[0]?.startsWith(`${grey(38, 0)}\u{1b}[48;2;255;64;64m▀`));
});

test('without colour four characters tell two pixels', t => {
  const rows = plainRows(rasterWith([1, 0, 255], [2, 1, 255], [3, 0, 255], [3, 1, 255]));
  t.is(rows[0], ` ▀▄█${' '.repeat(24)}`);
  t.deepEqual(rows.slice(1), Array(13).fill(' '.repeat(28)));
});

test('without colour ink counts from the middle of the scale on', t => {
  t.is(plainRows(rasterWith([0, 0, 127]))[0]?.[0], ' ');
  t.is(plainRows(rasterWith([0, 0, 128]))[0]?.[0], '▀');
});
