import test from 'ava';
import { levelBands } from '../../src/preprocess/bands.ts';
import { measureBorder } from '../../src/preprocess/border.ts';
import { removeFaint } from '../../src/preprocess/faint.ts';
import { findPolarity } from '../../src/preprocess/polarity.ts';
import { preprocess } from '../../src/preprocess/preprocess.ts';
import { greyPicture, meanDifference, over, seven } from './draw.ts';

const clean = preprocess(seven({ left: 18 }))!;

/** On the edges of strokes, and where a ruled line ends in one. */
const tolerance = 0.03;

const sheets: readonly (readonly [title: string, picture: ReturnType<typeof seven>])[] = [
  [
    'a shadow with a straight edge across the digit',
    over(seven({ left: 18 }), (x, _y, before) => (x < 30 ? Math.round(before * 0.6) : null)),
  ],
  [
    'a shadow over the lower half',
    over(seven({ left: 18 }), (_x, y, before) => (y > 35 ? Math.round(before * 0.6) : null)),
  ],
  [
    'stripes turned from white to black',
    over(seven({ left: 18 }), (x, _y, before) => (x < 16 || x >= 48 ? 255 - before : null)),
  ],
  [
    'ruled paper',
    over(seven({ left: 18 }), (_x, y, before) => (y % 9 === 4 && before > 200 ? 200 : null)),
  ],
];

for (const [title, picture] of sheets) {
  test(`${title} is not seen`, t => {
    const seen = preprocess(picture);
    t.truthy(seen);
    t.true(meanDifference(seen!, clean) < tolerance, `${meanDifference(seen!, clean)}`);
  });
}

test('a stroke from edge to edge is no band', t => {
  const light = new Float32Array(30 * 30).map((_, i) => (i % 30 >= 12 && i % 30 < 18 ? 255 : 0));
  const plane = { width: 30, height: 30, values: light };
  const lit = { light: plane, border: measureBorder(plane) };
  t.is(levelBands(lit), lit);
});

test('the faint edge of a stroke stays, and so does a drawing that is faint all over', t => {
  const row = [0, 0.3, 1, 1, 0.3, 0, 0, 0];
  const edged = { width: 8, height: 1, values: Float32Array.from(row) };
  removeFaint(edged);
  t.deepEqual([...edged.values], [...Float32Array.from(row)]);
});

test('faint ink far from all strong ink goes', t => {
  const values = Float32Array.from({ length: 64 }, (_, i) => (i < 4 ? 1 : 0.3));
  removeFaint({ width: 64, height: 1, values });
  t.deepEqual(
    [...values].map(value => value > 0),
    Array.from({ length: 64 }, (_, i) => i < 5),
  );
});

test('the ink is what weighs more', t => {
  const picture = (ink: number, paper: number) => {
    const { data } = greyPicture(10, 10, (x, y) => (x === 5 && y > 1 && y < 8 ? ink : paper));
    return { width: 10, height: 10, values: Float32Array.from(data) };
  };
  t.deepEqual(findPolarity(picture(0, 200), 200), { sign: -1, contrast: 200 });
  t.deepEqual(findPolarity(picture(200, 0), 0), { sign: 1, contrast: 200 });
});

test('a large part in another light is not the ink, though it weighs more', t => {
  const { data } = greyPicture(10, 10, (x, y) =>
    x < 5 ? 230 : x === 7 && y > 1 && y < 8 ? 0 : 138,
  );
  const plane = { width: 10, height: 10, values: Float32Array.from(data) };
  t.is(findPolarity(plane, 138).sign, -1);
});
