// The strokes of signs and letters, and the variants of digits.

import test from 'ava';
import { letterStyles, signStyles } from '../../../../src/data/synthesis/shapes/shapes.ts';
import {
  boundingBoxOf,
  type Drawing,
  normalise,
} from '../../../../src/data/synthesis/strokes/transform.ts';
import { addVariant } from '../../../../src/data/synthesis/strokes/variants.ts';
import { Random } from '../../../../src/engine/random.ts';
import { distanceTo, one, seven, zero } from '../drawings.ts';

function isInSquare(shape: Drawing): boolean {
  const strokes = shape.filter(({ length }) => length >= 2);
  const points = shape.flat();
  const isIn = points.every(([x, y]) => x >= 0 && x <= 1 && y >= 0 && y <= 1);
  return strokes.length > 0 && strokes.length === shape.length && isIn;
}

test('every sign has strokes of at least two points, within the square', t => {
  t.true(signStyles.length > 30);
  for (const sign of signStyles) t.true(isInSquare(sign), JSON.stringify(sign));
});

test('every letter has at least one style of such strokes, and no two are equal', t => {
  t.true(letterStyles.length > 30);
  for (const styles of letterStyles) {
    t.true(styles.length > 0);
    for (const style of styles) t.true(isInSquare(style), JSON.stringify(style));
    t.is(new Set(styles.map(style => JSON.stringify(style))).size, styles.length);
  }
});

const seeds = Array.from({ length: 60 }, (_, seed) => seed);

/** What is added to a drawing whose longest side is 1, by many people. */
function added(drawing: typeof zero, label: number) {
  const drawn = normalise(drawing);
  return seeds.map(seed => {
    const whole = addVariant(drawn, label, new Random(seed));
    return { drawn, whole, strokes: whole.slice(drawn.length) };
  });
}

test('a zero is slashed from its upper right to its lower left', t => {
  for (const { drawn, whole, strokes } of added(zero, 0)) {
    t.deepEqual(whole.slice(0, drawn.length), drawn);
    const [[x0, y0], [x1, y1]] = strokes[0] as [[number, number], [number, number]];
    t.is(strokes.length, 1);
    t.true(x0 > x1 && y0 < y1 && Math.hypot(x1 - x0, y1 - y0) > 0.5);
  }
});

test('a one gets a flag at its top, a foot at its bottom, or both', t => {
  const kinds = new Set<string>();
  for (const { drawn, strokes } of added(one, 1)) {
    for (const stroke of strokes) {
      const isFoot = stroke.every(([, y]) => y > 0.4);
      kinds.add(`${strokes.length}${isFoot ? 'foot' : 'flag'}`);
      const nearest = isFoot ? stroke : [stroke.at(-1)!];
      const tip = drawn.flat()[isFoot ? 1 : 0]!;
      t.true(distanceTo([nearest], tip) < 0.05);
    }
  }
  t.deepEqual([...kinds].sort(), ['1flag', '1foot', '2flag', '2foot']);
});

test('a slanted one gets no variant', t => {
  const leaning = [
    [
      [0, 0],
      [0.6, 1],
    ],
  ] as const;
  for (const { strokes } of added(leaning, 1)) t.deepEqual(strokes, []);
});

test('a seven is crossed in its middle', t => {
  for (const { drawn, strokes } of added(seven, 7)) {
    const { top, height } = boundingBoxOf(drawn);
    t.is(strokes.length, 1);
    for (const [, y] of strokes[0]!) {
      t.true(y > top + 0.3 * height && y < top + 0.7 * height);
    }
  }
});

test('other digits have no variants', t => {
  for (const label of [2, 3, 4, 5, 6, 8, 9]) {
    t.is(addVariant(seven, label, new Random(1)), seven);
  }
});
