import test from 'ava';
import { levelBackgroundBands } from '../../src/preprocess/background-bands.ts';
import { withBorderStats } from '../../src/preprocess/border.ts';
import { preprocess } from '../../src/preprocess/preprocess.ts';
import { meanDifference, over, seven } from './pictures.ts';

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
  test(`${title} leaves no trace`, t => {
    const seen = preprocess(picture);
    t.truthy(seen);
    t.true(meanDifference(seen!, clean) < tolerance, `${meanDifference(seen!, clean)}`);
  });
}

test('a stroke from edge to edge is not a band', t => {
  const values = new Float32Array(30 * 30).map((_, i) => (i % 30 >= 12 && i % 30 < 18 ? 255 : 0));
  const plane = { width: 30, height: 30, values };
  const input = withBorderStats(plane);
  t.is(levelBackgroundBands(input), input);
});
