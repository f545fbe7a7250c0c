// The pixels of a drawing as characters.

import { blankRaster, canvasPixelCount, canvasSide, type Raster } from '@digits/canvas';
import test from 'ava';
import { pictureRows } from '../../../src/view/canvas/picture-rows.ts';
import type { DisplayStyle } from '../../../src/view/display-style.ts';

const exampleStyle: DisplayStyle = {
  colours: 'full',
  theme: 'dark',
  glyphs: 'unicode',
};
const plain: DisplayStyle = { ...exampleStyle, colours: 'none' };

function rasterWith(...pixels: readonly (readonly [x: number, y: number, ink: number])[]): Raster {
  const raster = new Uint8Array(canvasPixelCount);
  for (const [x, y, ink] of pixels) raster[y * canvasSide + x] = ink;
  return raster;
}

const grey = (layer: number, ink: number) => `\u{1b}[${layer};2;${ink};${ink};${ink}m`;
// biome-ignore lint/suspicious/noControlCharactersInRegex: it matches control sequences
const textOf = (row: string) => row.replaceAll(/\u001b\[[\d;]*m/g, '');

test('a cell has the upper pixel as foreground and the lower as background', t => {
  const rows = pictureRows({ raster: rasterWith([0, 4, 201], [0, 5, 77]) }, 'half', exampleStyle);
  t.true(rows[2]?.startsWith(`${grey(38, 201)}${grey(48, 77)}▀${grey(38, 0)}${grey(48, 0)}▀▀`));
});

test('in the wide form a pixel is two spaces with a background colour', t => {
  const rows = pictureRows({ raster: rasterWith([0, 4, 201]) }, 'wide', exampleStyle);
  t.is(rows.length, 28);
  t.is(rows[4], `${grey(48, 201)}  ${grey(48, 0)}${'  '.repeat(27)}\u{1b}[39;49m`);
});

test('colours are written where they change and end with the row', t => {
  const rows = pictureRows({ raster: blankRaster() }, 'half', exampleStyle);
  t.deepEqual(rows, Array(14).fill(`${grey(38, 0)}${grey(48, 0)}${'▀'.repeat(28)}\u{1b}[39;49m`));
});

test('in the light theme ink is dark', t => {
  const style: DisplayStyle = { ...exampleStyle, theme: 'light' };
  const [first] = pictureRows({ raster: rasterWith([0, 0, 255]) }, 'wide', style);
  t.true(first?.startsWith(`${grey(48, 0)}  ${grey(48, 255)}`));
});

test('the pen’s pixel has a colour, and another one while it is down', t => {
  const marked = (isDown: boolean) =>
    pictureRows({ raster: blankRaster(), pen: { x: 0, y: 1, isDown } }, 'half', exampleStyle)[0];
  t.true(marked(false)?.startsWith(`${grey(38, 0)}\u{1b}[48;2;255;176;0m▀`));
  t.true(marked(true)?.startsWith(`${grey(38, 0)}\u{1b}[48;2;255;64;64m▀`));
});

test('the digit that practice asks for is a faint ghost on a blank drawing', t => {
  const picture = { raster: blankRaster(), prompt: 1 };
  const rows = pictureRows(picture, 'wide', plain);
  t.deepEqual(
    rows.slice(3, 7).map(row => row.trimEnd()),
    ['', ...Array<string>(3).fill(`${'  '.repeat(13)}${'░'.repeat(6)}`)],
  );
  t.true(pictureRows(picture, 'wide', exampleStyle)[5]?.includes(grey(48, 72)));
});

test('evidence for and against have two hues, no evidence has none', t => {
  const saliency = Array<number>(canvasPixelCount).fill(0);
  saliency[0] = 1;
  saliency[1] = -1;
  const [first = ''] = pictureRows({ raster: blankRaster(), saliency }, 'wide', exampleStyle);
  const [, red1, , blue1, red2, , blue2] =
    /48;2;(\d+);(\d+);(\d+)m {2}.*?48;2;(\d+);(\d+);(\d+)m/.exec(first)?.map(Number) ?? [];
  t.true((blue1 ?? 0) > (red1 ?? 0));
  t.true((red2 ?? 0) > (blue2 ?? 0));
  t.true(first.includes(grey(48, 0)));
});

test('without colour four characters show which of two pixels are inked', t => {
  const raster = rasterWith([1, 0, 255], [2, 1, 255], [3, 0, 255], [3, 1, 255]);
  const rows = pictureRows({ raster }, 'half', plain);
  t.is(rows[0], ` ▀▄█${' '.repeat(24)}`);
  t.deepEqual(rows.slice(1), Array(13).fill(' '.repeat(28)));
});

test('without colour there are five densities of ink', t => {
  const raster = rasterWith([1, 0, 64], [2, 0, 128], [3, 0, 191], [4, 0, 255]);
  const [first] = pictureRows({ raster }, 'wide', plain);
  t.is(first, `  ░░▒▒▓▓██${'  '.repeat(23)}`);
});

test('ASCII has ten densities of ink', t => {
  const ascii: DisplayStyle = { ...plain, glyphs: 'ascii' };
  const ramp = Array.from({ length: 10 }, (_, x) => [x, 0, Math.round((x * 255) / 9)] as const);
  const [first] = pictureRows({ raster: rasterWith(...ramp) }, 'wide', ascii);
  t.is(first?.trimEnd(), '  ..::--==++**##%%@@');
  for (const form of ['half', 'wide'] as const) {
    for (const style of [ascii, { ...ascii, colours: 'full' } as const]) {
      const rows = pictureRows({ raster: rasterWith(...ramp) }, form, style);
      for (const row of rows) t.regex(textOf(row), /^[ -~]*$/);
    }
  }
});

test('without colour the pen’s cell is inverse', t => {
  const pen = { x: 5, y: 11, isDown: false };
  const rows = pictureRows({ raster: blankRaster(), pen }, 'half', plain);
  t.is(rows[5], `${' '.repeat(5)}\u{1b}[7m \u{1b}[27m${' '.repeat(22)}`);
});
