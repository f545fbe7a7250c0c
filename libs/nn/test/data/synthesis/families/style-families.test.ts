// The styles of synthetic digits and their parameters.

import test from 'ava';
import { drawStyle } from '../../../../src/data/synthesis/families/draw-style.ts';
import { styleFamilies } from '../../../../src/data/synthesis/families/style-families.ts';
import { StyleParameters } from '../../../../src/data/synthesis/families/style-parameters.ts';
import { boundingBoxOf } from '../../../../src/data/synthesis/strokes/transform.ts';
import { Random } from '../../../../src/engine/random.ts';
import { brush } from '../drawings.ts';

const trainingParameters = (seed: number) => new StyleParameters(new Random(seed), 'training');

test('every digit has at least two styles, whose names are unique', t => {
  for (let label = 0; label < 10; label++) {
    t.true(styleFamilies.filter(family => family.label === label).length >= 2, `${label}`);
  }
  t.is(new Set(styleFamilies.map(({ name }) => name)).size, styleFamilies.length);
});

test('a style gives strokes of a height of about 1, different ones for different seeds', t => {
  for (const { name, draw } of styleFamilies) {
    const drawings = Array.from({ length: 40 }, (_, seed) => draw(trainingParameters(seed)));
    for (const drawing of drawings) {
      const { width, height } = boundingBoxOf(drawing);
      t.true(drawing.length > 0 && drawing.every(({ length }) => length >= 2), name);
      t.true(width < 1.7 && height > 0.7 && height < 1.4, `${name}: ${width} × ${height}`);
    }
    t.is(new Set(drawings.map(drawing => JSON.stringify(drawing))).size, 40, name);
  }
});

test('the parameters of training and validation are in disjoint intervals', t => {
  const intervalsOf = (purpose: 'training' | 'validation') => {
    const parameters = new StyleParameters(new Random(1), purpose);
    const intervals = Array.from({ length: 2000 }, () => Math.floor(20 * parameters.uniform()));
    return new Set(intervals);
  };
  t.deepEqual(
    [...intervalsOf('validation')].sort((a, b) => a - b),
    [2, 7, 12, 17],
  );
  t.is(intervalsOf('training').size, 16);
  t.true(intervalsOf('training').isDisjointFrom(intervalsOf('validation')));
});

test('the same seed gives the same picture of a style', t => {
  const draw = (seed: number) =>
    drawStyle(styleFamilies[1]!, 'validation', brush, new Random(seed));
  t.deepEqual(draw(3), draw(3));
  t.notDeepEqual(draw(3), draw(4));
  t.is(draw(3).label, 1);
});
