import test from 'ava';
import {
  digitStyles,
  letterStyles,
  signStyles,
} from '../../../../src/data/synthesis/shapes/shapes.ts';
import type { Drawing } from '../../../../src/data/synthesis/strokes/transform.ts';

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

test('every digit has several styles of such strokes, and no two are equal', t => {
  t.is(digitStyles.length, 10);
  for (const styles of digitStyles) {
    t.true(styles.length > 3);
    for (const style of styles) t.true(isInSquare(style), JSON.stringify(style));
    t.is(new Set(styles.map(style => JSON.stringify(style))).size, styles.length);
  }
});
