import test from 'ava';
import { Random } from '../../src/engine/random.ts';
import { withBorderStats } from '../../src/preprocess/border.ts';
import { removeImpulseNoise } from '../../src/preprocess/impulse-noise.ts';
import type { Picture } from '../../src/preprocess/picture.ts';
import { preprocess } from '../../src/preprocess/preprocess.ts';
import { difference, greyPicture, over, plane, seven } from './pictures.ts';

const small = { width: 28, height: 28, left: 6, top: 4, size: 20 };

/** Sets a fraction of the pixels to black or white. */
function salted(picture: Picture, fraction: number): Picture {
  const random = new Random(5);
  return over(picture, () => (random.uniform() < fraction ? 255 * random.below(2) : null));
}

for (const [title, drawn] of [
  ['light on black', seven({ ...small, ink: 255, paper: 0 })],
  ['dark on white', seven(small)],
  ['of 67 pixels a side', seven({ width: 67, height: 67, left: 10, top: 8, size: 50 })],
] as const) {
  for (const [fraction, maxDifference] of [
    [0.05, 0.05],
    [0.17, 0.1],
  ] as const) {
    test(`a digit ${title} comes through ${100 * fraction} % of salt and pepper`, t => {
      const seen = difference(salted(drawn, fraction), drawn);
      t.true(seen < maxDifference, `mean absolute difference ${seen}`);
    });
  }
}

test('salt alone gives a blank picture', t => {
  const ink = preprocess(
    salted(
      greyPicture(37, 31, () => 0),
      0.03,
    ),
  );
  t.is(ink, undefined);
});

/** Whether the picture is returned as the same object. */
function isKept(...rows: readonly string[]): boolean {
  const lit = withBorderStats(plane(...rows.map(row => row.replaceAll('9', '99'))));
  const bright = withBorderStats({
    ...lit.plane,
    values: lit.plane.values.map(value => 255 * value),
  });
  return removeImpulseNoise(bright) === bright;
}

test('a picture with a uniform border is returned as the same object', t => {
  t.true(isKept('0000000', '0900900', '0000000', '0090090', '0000000'));
});

test('ink that reaches the border without impulses stays as it is', t => {
  t.true(isKept('0099000', '0099000', '0099900', '0009900', '0000000'));
});

test('impulses of a large picture are left to the scaling', t => {
  const lit = withBorderStats(
    toPlane(
      salted(
        greyPicture(300, 257, () => 0),
        0.1,
      ),
    ),
  );
  t.is(removeImpulseNoise(lit), lit);
});

test('an impulse becomes the median of its neighbours, at an edge too', t => {
  const values = new Float32Array(23 * 11);
  const stuck = [0, 22, 5 * 23 + 7, 9 * 23 + 19];
  for (const pixel of stuck) values[pixel] = 255;
  const { plane: light, border } = removeImpulseNoise(
    withBorderStats({ width: 23, height: 11, values }),
  );
  t.true(light.values.every(value => value === 0));
  t.true(border.isUniform);
  t.is(values[0], 255, 'the given picture stays');
});

function toPlane({ width, height, data }: Picture) {
  return { width, height, values: Float32Array.from(data) };
}
