// The size of a picture: large ones and blocks shrink, and the box of the ink is fitted.

import test from 'ava';
import { fit } from '../../src/preprocess/fit-and-centre.ts';
import { blocksToPixels, shrinkLarge } from '../../src/preprocess/grey-plane.ts';
import { hasGap, inkBounds, type Plane } from '../../src/preprocess/picture.ts';
import { preprocess } from '../../src/preprocess/preprocess.ts';
import { difference, greyPicture, plane, seven } from './pictures.ts';

test('a picture of 1024 pixels a side is returned as the same object', t => {
  const one = greyPicture(1024, 3, x => x % 256);
  t.is(shrinkLarge(one), one);
});

test('a larger picture becomes the means of its blocks, the last ones cut at the edges', t => {
  const { width, height, data } = shrinkLarge(
    greyPicture(2001, 3, (x, y) => (x === 2000 ? 9 : 10 * y)),
  );
  t.is(width, 1001);
  t.is(height, 2);
  t.is(data[0], 5);
  t.is(data[1001], 20);
  t.is(data[1000], 9);
});

test('the mean of a transparent picture is weighted by alpha', t => {
  const data = new Uint8Array(2 * 1500 * 2);
  data.set([200, 255, 99, 0]);
  const shrunk = shrinkLarge({ width: 1500, height: 2, channels: 2, data });
  t.deepEqual([...shrunk.data.subarray(0, 2)], [200, 64]);
  t.deepEqual([...shrunk.data.subarray(2, 4)], [0, 0]);
});

for (const [width, height] of [
  [4000, 3000],
  [3000, 4001],
] as const) {
  test(`a ring drawn on ${width}×${height} comes out as on a sheet of a fifth of that size`, t => {
    const ring = (scale: number) =>
      greyPicture(Math.ceil(width / scale), Math.ceil(height / scale), (x, y) => {
        const radius = Math.hypot(x * scale - 900, (y * scale - 1500) / 1.4);
        return radius > 300 && radius < 420 ? 30 : 235;
      });
    const differing = difference(ring(1), ring(5));
    t.true(differing < 0.02, `${differing}`);
  });
}

const width = 13;
const height = 11;

/** No two neighbours alike. */
const mixed: Plane = {
  width,
  height,
  values: Float32Array.from({ length: width * height }, (_, i) => (i * 37) % 251),
};

function enlarge({ width, height, values }: Plane, wide: number, high = wide): Plane {
  const enlarged = new Float32Array(width * wide * height * high);
  for (const i of enlarged.keys()) {
    const x = Math.floor((i % (width * wide)) / wide);
    const y = Math.floor(Math.floor(i / (width * wide)) / high);
    enlarged[i] = values[y * width + x]!;
  }
  return { width: width * wide, height: height * high, values: enlarged };
}

for (const times of [2, 3, 20]) {
  test(`pixels that became blocks of ${times} × ${times} become pixels again`, t => {
    t.deepEqual(blocksToPixels(enlarge(mixed, times)), mixed);
  });
}

test('blocks wider than high are split into squares of the common divisor', t => {
  t.deepEqual(blocksToPixels(enlarge(mixed, 6, 4)), enlarge(mixed, 3, 2));
});

for (const [title, picture] of [
  ['without blocks', mixed],
  ['with a single odd pixel', { ...enlarge(mixed, 4), values: oddPixel(enlarge(mixed, 4)) }],
  ['of a single shade and a prime side', { width: 13, height: 17, values: new Float32Array(221) }],
  [
    'of fewer blocks than a digit has',
    enlarge({ width: 7, height: 9, values: mixed.values.subarray(0, 63) }, 5),
  ],
  ['of one pixel', { width: 1, height: 1, values: new Float32Array(1) }],
] as const) {
  test(`a picture ${title} is the same object afterwards`, t => {
    t.is(blocksToPixels(picture), picture);
  });
}

function oddPixel({ values }: Plane): Float32Array {
  const changed = values.slice();
  changed[1] = 255;
  changed[0] = 0;
  return changed;
}

test('a zoomed canvas comes out to the bit like the canvas', t => {
  const canvas = seven({ width: 28, height: 28, left: 5, top: 3, size: 21 });
  const zoomed = greyPicture(
    280,
    280,
    (x, y) => canvas.data[Math.floor(y / 10) * 28 + Math.floor(x / 10)]!,
  );
  t.deepEqual(preprocess(zoomed), preprocess(canvas));
});

test('the box holds all ink and no more; a blank plane has no box', t => {
  t.deepEqual(inkBounds(plane('00000', '00100', '01000')), {
    left: 1,
    top: 1,
    right: 3,
    bottom: 3,
  });
  t.deepEqual(inkBounds(plane('7')), { left: 0, top: 0, right: 1, bottom: 1 });
  t.is(inkBounds(plane('000', '000')), undefined);
});

for (const [title, expected, rows] of [
  ['a free column', true, ['11011', '10001']],
  ['a free row', true, ['11111', '00000', '11111']],
  ['ink in every row and column', false, ['10000', '00100', '01011']],
] as const) {
  test(`a box with ${title} has ${expected ? 'a' : 'no'} gap`, t => {
    const ink = plane(...rows);
    t.is(hasGap(ink, inkBounds(ink)!), expected);
  });
}

test('the longest side becomes 20, and the other keeps its proportion', t => {
  const values = new Float32Array(61 * 37).fill(1);
  const wide = fit({
    plane: { width: 61, height: 37, values },
    box: { left: 3, top: 7, right: 43, bottom: 37 },
  });
  t.like(wide, { width: 20, height: 15 });
  t.true(wide.values.every(value => Math.abs(value - 1) < 1e-6));
});

test('a very long and thin part keeps a pixel of width', t => {
  const values = new Float32Array(199).fill(1);
  const box = { left: 0, top: 0, right: 199, bottom: 1 };
  t.like(fit({ plane: { width: 199, height: 1, values }, box }), { width: 20, height: 1 });
});

test('at scale 1 the part comes out as it went in', t => {
  const ink = plane('0000000', '0123450', '0543210', '0000000');
  const part = fit({ plane: ink, box: { left: 1, top: 1, right: 6, bottom: 3 } }, 5);
  t.deepEqual(part, plane('12345', '54321'));
});
