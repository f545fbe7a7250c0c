import test from 'ava';
import { shrinkLarge } from '../../src/preprocess/shrink.ts';
import { difference, greyPicture } from './draw.ts';

test('a picture of 1024 pixels a side stays the one that it is', t => {
  const one = greyPicture(1024, 3, x => x % 256);
  t.is(shrinkLarge(one), one);
});

test('a larger one has the mean of each block, and of what is left of the last ones', t => {
  const { width, height, data } = shrinkLarge(
    greyPicture(2001, 3, (x, y) => (x === 2000 ? 9 : 10 * y)),
  );
  t.is(width, 1001);
  t.is(height, 2);
  t.is(data[0], 5);
  t.is(data[1001], 20);
  t.is(data[1000], 9);
});

test('in a transparent picture the mean is of what can be seen', t => {
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
  test(`a ring drawn on ${width}×${height} is what it is on a sheet of a fifth of that`, t => {
    const ring = (scale: number) =>
      greyPicture(Math.ceil(width / scale), Math.ceil(height / scale), (x, y) => {
        const radius = Math.hypot(x * scale - 900, (y * scale - 1500) / 1.4);
        return radius > 300 && radius < 420 ? 30 : 235;
      });
    const differing = difference(ring(1), ring(5));
    t.true(differing < 0.02, `${differing}`);
  });
}
