// What is removed as noise: impulses, faint ink far from strong ink, and small components.

import test from 'ava';
import { Random } from '../../src/engine/random.ts';
import { withBorderStats } from '../../src/preprocess/border.ts';
import {
  findConnectedComponents,
  removeComponent,
  removeSmallComponents,
} from '../../src/preprocess/connected-components.ts';
import { applyHysteresisThreshold } from '../../src/preprocess/hysteresis-threshold.ts';
import { removeImpulseNoise } from '../../src/preprocess/noise/impulse-noise.ts';
import type { Picture, Plane } from '../../src/preprocess/picture.ts';
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

/** A picture with normal noise, 0…255. */
function grainy(picture: Picture, deviation: number): Picture {
  const random = new Random(11);
  return over(picture, (_x, _y, before) =>
    Math.min(255, Math.max(0, before + deviation * random.normal())),
  );
}

test('a thin pencil stroke in strong noise comes out like a clean one', t => {
  const pencil = greyPicture(260, 240, (x, y) =>
    Math.abs(x - 150 + y / 4) < 1.5 && y > 60 && y < 180 ? 150 : 215,
  );
  const seen = difference(grainy(pencil, 40), pencil);
  t.true(seen < 0.04, `mean absolute difference ${seen}`);
});

test('strong noise without a stroke is blank', t => {
  t.is(
    preprocess(
      grainy(
        greyPicture(260, 240, () => 200),
        15,
      ),
    ),
    undefined,
  );
});

const noisy = { background: 200, deviation: 3, isUniform: false };

test('the faint edge of a stroke stays', t => {
  const row = [0, 0.3, 1, 1, 0.3, 0, 0, 0];
  const edged = { width: 8, height: 1, values: Float32Array.from(row) };
  applyHysteresisThreshold(edged, noisy);
  t.deepEqual([...edged.values], [...Float32Array.from(row)]);
});

test('faint ink far from all strong ink is removed', t => {
  const values = Float32Array.from({ length: 64 }, (_, i) => (i < 4 ? 1 : 0.3));
  applyHysteresisThreshold({ width: 64, height: 1, values }, noisy);
  t.deepEqual(
    [...values].map(value => value > 0),
    Array.from({ length: 64 }, (_, i) => i < 5),
  );
});

const large = { width: 140, height: 130, left: 40, top: 25, size: 80 };

for (const [title, isPale] of [
  ['lower half', (_x: number, y: number) => y > 65],
  ['bar', (_x: number, y: number) => y < 37],
] as const) {
  test(`a digit whose ${title} is pale comes out like one of even ink`, t => {
    const uneven = over(seven(large), (x, y, before) =>
      before === 0 && isPale(x, y) ? 180 : null,
    );
    const seen = difference(uneven, seven(large));
    t.true(seen < 0.02, `mean absolute difference ${seen}`);
  });
}

test('pale print that touches the digit is removed where other print is beside it', t => {
  const isPrint = (x: number, y: number) => (x > 92 && x < 98 && y > 30) || (y > 60 && y < 66);
  const clean = over(seven(large), (x, y) => (x === 0 && y === 0 ? 254 : null));
  const printed = over(clean, (x, y, before) => {
    const isInside = x > 10 && x < 130 && y < 120;
    return before > 200 && isInside && (isPrint(x, y) || (x > 15 && x < 30)) ? 185 : null;
  });
  const seen = difference(printed, clean);
  t.true(seen < 0.03, `mean absolute difference ${seen}`);
});

test('a small picture with a uniform border is left alone', t => {
  const values = Float32Array.from({ length: 63 }, (_, i) => (i < 4 ? 1 : 0.3));
  const ink = { width: 63, height: 1, values: values.slice() };
  applyHysteresisThreshold(ink, { ...noisy, isUniform: true });
  t.deepEqual(ink.values, values);
});

test('each component has its mass, its pixels and the box around them', t => {
  const components = findConnectedComponents(plane('0050000', '0550000', '0000001', '0000010'));
  t.deepEqual(
    components.map(({ box, pixels }) => ({ ...box, pixels: [...pixels].sort((a, b) => a - b) })),
    [
      { left: 1, top: 0, right: 3, bottom: 2, pixels: [2, 8, 9] },
      { left: 5, top: 2, right: 7, bottom: 4, pixels: [20, 26] },
    ],
  );
  t.deepEqual(
    components.map(({ mass }) => mass.toFixed(3)),
    ['1.500', '0.200'],
  );
});

test('ink in all four corners is four components', t => {
  const corners = findConnectedComponents(plane('10001', '00000', '10001'));
  t.deepEqual(
    corners.map(({ pixels }) => [...pixels]),
    [[0], [4], [10], [14]],
  );
});

test('a plane full of ink is one component, a plane without ink has none', t => {
  t.is(findConnectedComponents(plane('111', '111', '111', '111', '111'))[0]!.pixels.length, 15);
  t.deepEqual(findConnectedComponents(plane('000', '000')), []);
});

test('removing a component leaves all other ink', t => {
  const ink = plane('90010', '90011');
  removeComponent(ink, findConnectedComponents(ink)[0]!);
  t.deepEqual(ink, plane('00010', '00011'));
});

/** In a picture with noise, or in a clean one. */
function clear(ink: Plane, { isClean = false } = {}): void {
  removeSmallComponents(ink, findConnectedComponents(ink), isClean);
}

const empty = '0000000';
const stroke = '0999990';

test('a component of less than a fiftieth of the largest is removed, and the rest stays', t => {
  const strokes = [stroke, stroke, stroke, stroke, stroke];
  const ink = plane('0000001', empty, ...strokes, empty, '0000005', empty, '1100000');
  clear(ink);
  t.deepEqual(ink, plane(empty, empty, ...strokes, empty, '0000005', empty, empty));
});

test('ink that touches at a corner is one component, at every edge of the picture', t => {
  const ink = plane('9000009', '0900091', '0099900', '0000010');
  const before = ink.values.slice();
  clear(ink);
  t.deepEqual(ink.values, before);
});

test('the ends of neighbouring rows do not touch', t => {
  const ink = plane('9999991', '0000000', '9999900', '0000001', '1000000');
  clear(ink);
  t.is(ink.values[27], 0);
  t.is(ink.values[28], 0);
});

test('a plane without ink stays as it is', t => {
  const ink = plane(empty, empty);
  t.notThrows(() => clear(ink));
  t.deepEqual(ink, plane(empty, empty));
});

/** A bar of 5×20 pixels with single pixels of ink beside it. */
function barAnd(...dots: readonly (readonly [x: number, y: number])[]): Plane {
  const [width, height] = [41, 31];
  const values = new Float32Array(width * height);
  for (let y = 5; y < 25; y++) values.fill(1, y * width + 10, y * width + 15);
  for (const [x, y] of dots) values[y * width + x] = 1;
  return { width, height, values };
}

test('in a clean drawing a dot beside the digit stays', t => {
  const ink = barAnd([17, 25]);
  clear(ink, { isClean: true });
  t.deepEqual(ink, barAnd([17, 25]));
  clear(ink);
  t.deepEqual(ink, barAnd(), 'in a noisy one it is noise');
});

test('in a clean drawing a dot far from the digit is removed', t => {
  const ink = barAnd([35, 12]);
  clear(ink, { isClean: true });
  t.deepEqual(ink, barAnd());
});

test('many dots are dust, and all of them are removed', t => {
  const ink = barAnd([17, 6], [17, 10], [17, 14], [17, 18]);
  clear(ink, { isClean: true });
  t.deepEqual(ink, barAnd());
});
