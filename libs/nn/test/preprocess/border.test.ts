import test from 'ava';
import { Random } from '../../src/engine/random.ts';
import { measureBorder } from '../../src/preprocess/border.ts';
import type { Plane } from '../../src/preprocess/picture.ts';

const width = 97;
const height = 89;

function planeOf(light: (x: number, y: number) => number): Plane {
  const values = Float32Array.from({ length: width * height }, (_, i) =>
    light(i % width, Math.floor(i / width)),
  );
  return { width, height, values };
}

test('a uniform border has no deviation, independent of the inside', t => {
  const isInside = (x: number, y: number) => x > 0 && y > 0 && x < width - 1 && y < height - 1;
  const plane = planeOf((x, y) => (isInside(x, y) ? 3 * x : 211));
  t.like(measureBorder(plane), { background: 211, deviation: 0 });
});

test('the deviation of noise is 0.674 of its standard deviation', t => {
  const random = new Random(3);
  const { background, deviation } = measureBorder(planeOf(() => 120 + 10 * random.normal()));
  t.true(Math.abs(background - 120) < 2, `${background}`);
  t.true(Math.abs(deviation - 6.74) < 1, `${deviation}`);
});

test('noise about black is measured, though half of it is clipped', t => {
  const random = new Random(3);
  const plane = planeOf(() => Math.max(0, 10 * random.normal()));
  const { background, deviation } = measureBorder(plane);
  t.true(background < 2, `${background}`);
  t.true(deviation > 4 && deviation < 7, `${deviation}`);
});

test('ink along one side of the picture is not noise', t => {
  const plane = planeOf(x => (x === 0 ? 0 : 200));
  t.like(measureBorder(plane), { background: 200, deviation: 0 });
});
