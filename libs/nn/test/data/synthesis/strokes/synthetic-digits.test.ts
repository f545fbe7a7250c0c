import test from 'ava';
import { digitStyles } from '../../../../src/data/synthesis/shapes/shapes.ts';
import { synthesizeDigit } from '../../../../src/data/synthesis/strokes/synthetic-digits.ts';
import { boundingBoxOf } from '../../../../src/data/synthesis/strokes/transform.ts';
import { Random } from '../../../../src/engine/random.ts';

test('a synthetic digit has strokes, neither flat nor far larger than its square', t => {
  for (const label of digitStyles.keys()) {
    const random = new Random(label);
    for (let time = 0; time < 50; time++) {
      const digit = synthesizeDigit(label, random);
      const { width, height } = boundingBoxOf(digit);
      t.true(digit.length > 0 && digit.every(({ length }) => length >= 2));
      t.true(Number.isFinite(width) && height > 0.3 && Math.max(width, height) < 2);
    }
  }
});

test('no two synthetic digits are equal, even in one style', t => {
  const random = new Random(1);
  const all = Array.from({ length: 97 }, () => JSON.stringify(synthesizeDigit(4, random)));
  t.is(new Set(all).size, 97);
});

test('the same seed gives the same synthetic digit', t => {
  t.deepEqual(synthesizeDigit(9, new Random(3)), synthesizeDigit(9, new Random(3)));
});

test('a digit comes in each of its styles', t => {
  const random = new Random(2);
  const strokes = new Set(Array.from({ length: 97 }, () => synthesizeDigit(7, random).length));
  t.deepEqual([...strokes].sort(), [1, 2]);
});
