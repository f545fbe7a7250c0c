import test from 'ava';
import { drawNoDigit } from '../../src/drawing/not-digits.ts';
import { noDigits } from '../../src/drawing/shapes.ts';
import { Random } from '../../src/random.ts';
import { brush, one } from './pens.ts';

/** The kinds, with where the first random number chooses them. */
const kinds: [name: string, from: number, to: number][] = [
  ['letter or sign', 0, 0.5],
  ['scribble', 0.5, 0.67],
  ['row of digits', 0.67, 0.82],
  ['texture', 0.82, 0.92],
  ['heap of patches', 0.92, 1],
];

/** Seeds whose first random number lies in a range. */
function seedsIn(from: number, to: number, count: number): number[] {
  const found: number[] = [];
  for (let seed = 0; found.length < count; seed++) {
    const first = new Random(seed).uniform();
    if (first >= from && first < to) found.push(seed);
  }
  return found;
}

const draw = (seed: number, digit = () => one) => drawNoDigit({ brush, digit }, new Random(seed));

for (const [name, from, to] of kinds) {
  test(`a ${name} is a picture with ink, the same for the same seed alone`, t => {
    const pictures = seedsIn(from, to, 5).map(seed => {
      const picture = draw(seed);
      t.deepEqual(draw(seed), picture);
      t.is(picture.channels, 1);
      t.is(picture.data.length, picture.width * picture.height);
      t.true(Math.max(...picture.data) > 0);
      return picture.data.join();
    });
    t.is(new Set(pictures).size, pictures.length);
  });
}

test('only a row of digits asks for digits, two or three', t => {
  for (const [name, from, to] of kinds) {
    for (const seed of seedsIn(from, to, 5)) {
      let asked = 0;
      draw(seed, () => {
        asked++;
        return one;
      });
      if (name === 'row of digits') t.true(asked === 2 || asked === 3, `${asked}`);
      else t.is(asked, 0, name);
    }
  }
});

test('the digits of a row mostly stand apart', t => {
  const apart = seedsIn(0.67, 0.82, 20).filter(seed => {
    let asked = 0;
    const { width, data } = draw(seed, () => {
      asked++;
      return one;
    });
    const isInked = new Array<boolean>(width).fill(false);
    for (const [i, ink] of data.entries()) if (ink > 0) isInked[i % width] = true;
    return isInked.filter((inked, x) => inked && !isInked[x - 1]).length === asked;
  });
  t.true(apart.length > 10, `${apart.length}`);
});

test('letters and signs are strokes of at least two points, within their square or just below', t => {
  t.true(noDigits.length > 40);
  for (const shape of noDigits) {
    t.true(shape.length > 0);
    for (const stroke of shape) {
      t.true(stroke.length >= 2);
      t.true(stroke.every(([x, y]) => x >= 0 && x <= 1 && y >= 0 && y <= 1.125));
    }
  }
});
