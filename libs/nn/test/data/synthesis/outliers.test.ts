import test from 'ava';
import { drawOutlier } from '../../../src/data/synthesis/outliers.ts';
import type { Drawing } from '../../../src/data/synthesis/strokes/transform.ts';
import { Random } from '../../../src/engine/random.ts';
import { brush, one } from './drawings.ts';

/** The kinds, with where the first random number chooses them. */
const kinds: [name: string, from: number, to: number][] = [
  ['letter or sign', 0, 0.53],
  ['scribble', 0.53, 0.63],
  ['row of digits or letters', 0.63, 0.76],
  ['digit crossed out', 0.76, 0.8],
  ['row or column of dashes', 0.8, 0.84],
  ['texture', 0.84, 0.9],
  ['speckled picture', 0.9, 0.92],
  ['blob', 0.92, 0.95],
  ['heap of patches', 0.95, 1],
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

const draw = (seed: number, digit = () => one) => drawOutlier({ brush, digit }, new Random(seed));

for (const [name, from, to] of kinds) {
  test(`a ${name} is a picture with ink, the same for the same seed only`, t => {
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

/** How many digits a picture was made of. */
function countDigits(seed: number): number {
  let digits = 0;
  draw(seed, () => {
    digits++;
    return one;
  });
  return digits;
}

test('only rows and crossed-out digits use the digit source', t => {
  const wanted: Readonly<Record<string, readonly number[]>> = {
    'row of digits or letters': [0, 2, 3],
    'digit crossed out': [1],
  };
  for (const [name, from, to] of kinds) {
    const counts = new Set(seedsIn(from, to, 20).map(countDigits));
    t.deepEqual([...counts].sort(), wanted[name] ?? [0], name);
  }
});

test('handwritten letters are drawn among the synthetic ones', t => {
  const dash: Drawing = [
    [
      [0, 0.5],
      [1, 0.5],
    ],
  ];
  const seeds = seedsIn(0, 0.53, 40);
  const changed = seeds.filter(seed => {
    const sources = { brush, digit: () => one, letters: [dash] };
    return drawOutlier(sources, new Random(seed)).data.join() !== draw(seed).data.join();
  });
  t.true(changed.length > 10, 'of the letters, not of the signs');
  t.true(changed.length < 40);
});

test('the digits of a row mostly do not touch', t => {
  const rows = seedsIn(0.65, 0.8, 25).filter(seed => countDigits(seed) > 0);
  const apart = rows.filter(seed => {
    let digits = 0;
    const { width, data } = draw(seed, () => {
      digits++;
      return one;
    });
    const isInked = new Array<boolean>(width).fill(false);
    for (const [i, ink] of data.entries()) if (ink > 0) isInked[i % width] = true;
    return isInked.filter((inked, x) => inked && !isInked[x - 1]).length === digits;
  });
  t.true(apart.length > 10, `${apart.length}`);
});
