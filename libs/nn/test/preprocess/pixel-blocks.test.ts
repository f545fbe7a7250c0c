import test from 'ava';
import type { Plane } from '../../src/preprocess/picture.ts';
import { shrinkBlocks } from '../../src/preprocess/pixel-blocks.ts';
import { preprocess } from '../../src/preprocess/preprocess.ts';
import { greyPicture, seven } from './draw.ts';

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
    t.deepEqual(shrinkBlocks(enlarge(mixed, times)), mixed);
  });
}

test('blocks that are wider than high are squares of what divides both', t => {
  t.deepEqual(shrinkBlocks(enlarge(mixed, 6, 4)), enlarge(mixed, 3, 2));
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
    t.is(shrinkBlocks(picture), picture);
  });
}

function oddPixel({ values }: Plane): Float32Array {
  const changed = values.slice();
  changed[1] = 255;
  changed[0] = 0;
  return changed;
}

test('a zoomed canvas is seen to the bit like the canvas', t => {
  const canvas = seven({ width: 28, height: 28, left: 5, top: 3, size: 21 });
  const zoomed = greyPicture(
    280,
    280,
    (x, y) => canvas.data[Math.floor(y / 10) * 28 + Math.floor(x / 10)]!,
  );
  t.deepEqual(preprocess(zoomed), preprocess(canvas));
});
