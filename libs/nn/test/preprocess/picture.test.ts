import test from 'ava';
import { hasGap, inkBounds } from '../../src/preprocess/picture.ts';
import { plane } from './pictures.ts';

test('the box holds all ink and no more; a blank plane has no box', t => {
  t.deepEqual(inkBounds(plane('00000', '00100', '01000')), {
    left: 1,
    top: 1,
    right: 3,
    bottom: 3,
  });
  t.deepEqual(inkBounds(plane('7')), { left: 0, top: 0, right: 1, bottom: 1 });
  t.is(inkBounds(plane('000', '000')), undefined);
});

for (const [title, expected, rows] of [
  ['a free column', true, ['11011', '10001']],
  ['a free row', true, ['11111', '00000', '11111']],
  ['ink in every row and column', false, ['10000', '00100', '01011']],
] as const) {
  test(`a box with ${title} has ${expected ? 'a' : 'no'} gap`, t => {
    const ink = plane(...rows);
    t.is(hasGap(ink, inkBounds(ink)!), expected);
  });
}
