import test from 'ava';
import { Random } from '../../../src/engine/random.ts';
import { glassBlur, motionBlur } from '../../../src/evaluation/corruptions/blurs.ts';
import { side } from '../../../src/evaluation/corruptions/corruption.ts';
import { gaussianBlur } from '../../../src/evaluation/corruptions/gaussian.ts';
import { boundsOf, centreOf, pictureWhere, sumOf } from './draw.ts';

const dot = pictureWhere((x, y) => x === 13 && y === 11);

test('a Gaussian blur spreads a dot by its kernel, equally to all sides', t => {
  const blurred = gaussianBlur(dot, 1);
  const at = (x: number, y: number) => blurred[y * side + x]!;
  t.true(Math.abs(at(13, 11) - 255 / (2 * Math.PI)) < 0.05);
  t.true(Math.abs(at(14, 11) / at(13, 11) - Math.exp(-0.5)) < 1e-9);
  t.is(at(15, 11), at(11, 11));
  t.is(at(13, 13), at(15, 11));
  t.true(Math.abs(blurred.reduce((sum, value) => sum + value, 0) - 255) < 1e-9);
});

test('a uniform image stays uniform under a Gaussian blur, including the edges', t => {
  t.true(
    gaussianBlur(
      pictureWhere(() => true, 77),
      1.5,
    ).every(value => Math.abs(value - 77) < 1e-9),
  );
});

test('glass blur spreads the light and keeps its sum', t => {
  const box = pictureWhere((x, y) => x >= 9 && x < 19 && y >= 9 && y < 19);
  const blurred = glassBlur(box, new Random(5));
  t.true(Math.abs(sumOf(blurred) / sumOf(box) - 1) < 0.02);
  t.true(boundsOf(blurred).left < 9 && boundsOf(blurred).bottom > 18);
});

test('motion blur spreads light in one direction, within 45° of the row', t => {
  for (const seed of [1, 2, 3, 5, 7, 11]) {
    const smeared = motionBlur(dot, new Random(seed));
    t.true(Math.abs(sumOf(smeared) - 255) < 12);
    const [centre, bounds] = [centreOf(smeared), boundsOf(smeared)];
    t.is(bounds.right, 13, 'light comes from the right');
    t.true(centre.x < 12);
    t.true(Math.abs(centre.y - 11) <= 13.5 - centre.x);
  }
});
