import test from 'ava';
import { Random } from '../../../src/engine/random.ts';
import { rotate, scale, shear, translate } from '../../../src/evaluation/corruptions/affine.ts';
import type { Corruption } from '../../../src/evaluation/corruptions/corruption.ts';
import { boundsOf, centreOf, pictureWhere, sumOf } from './draw.ts';

/** In the centre, so that only a translation moves it. */
const bar = pictureWhere((x, y) => (x === 13 || x === 14) && y >= 7 && y < 21);

/** Both signs that the random source may choose. */
function bothWays(corrupt: Corruption): Uint8Array[] {
  const all = [1, 2, 3, 4, 5, 6, 7, 8, 9].map(seed => corrupt(bar, new Random(seed)));
  return [...new Map(all.map(picture => [picture.toString(), picture])).values()];
}

for (const [name, corrupt] of Object.entries({ shear, scale, rotate })) {
  test(`${name} keeps the centre`, t => {
    const centre = centreOf(corrupt(bar, new Random(3)));
    t.true(Math.abs(centre.x - 13.5) < 0.1 && Math.abs(centre.y - 13.5) < 0.1);
  });
}

for (const [name, corrupt] of Object.entries({ shear, rotate })) {
  test(`${name} tilts an upright bar by 0.4 to the left or to the right`, t => {
    const ways = bothWays(corrupt);
    t.is(ways.length, 2);
    const leans = ways.map(picture => {
      const upper = centreOf(picture.map((value, i) => (i < 28 * 14 ? value : 0)));
      return (upper.x - 13.5) / (13.5 - upper.y);
    });
    t.true(Math.abs(leans[0]! + leans[1]!) < 0.02, `${leans}`);
    t.true(Math.abs(Math.abs(leans[0]!) - Math.tan(0.4)) < 0.05, `${leans}`);
  });
}

test('scale reduces height and width to seven tenths', t => {
  const box = pictureWhere((x, y) => x >= 4 && x < 24 && y >= 7 && y < 21);
  const small = scale(box, new Random(1));
  t.true(Math.abs(sumOf(small) / sumOf(box) - 0.49) < 0.02, `${sumOf(small) / sumOf(box)}`);
  const { left, right, top, bottom } = boundsOf(small);
  t.deepEqual([right - left + 1, bottom - top + 1], [14, 10]);
});

test('translate moves by three pixels towards any of the four corners', t => {
  const ways = bothWays(translate);
  t.is(ways.length, 4);
  for (const picture of ways) {
    t.is(sumOf(picture), sumOf(bar));
    const { left, top } = boundsOf(picture);
    t.is(Math.abs(left - 13), 3);
    t.is(Math.abs(top - 7), 3);
  }
});
