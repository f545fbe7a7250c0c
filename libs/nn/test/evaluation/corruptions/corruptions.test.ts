// Properties of every corruption, then each of them by what it does to a picture.

import test from 'ava';
import { Random } from '../../../src/engine/random.ts';
import { rotate, scale, shear, translate } from '../../../src/evaluation/corruptions/affine.ts';
import { glassBlur, motionBlur } from '../../../src/evaluation/corruptions/blurs.ts';
import { type Corruption, side } from '../../../src/evaluation/corruptions/corruption.ts';
import { corruptions } from '../../../src/evaluation/corruptions/corruptions.ts';
import { gaussianBlur } from '../../../src/evaluation/corruptions/gaussian.ts';
import {
  brightness,
  impulseNoise,
  shotNoise,
  stripe,
} from '../../../src/evaluation/corruptions/intensity.ts';
import { dottedLine, zigzag } from '../../../src/evaluation/corruptions/lines.ts';
import { spatter } from '../../../src/evaluation/corruptions/spatter.ts';
import { boundsOf, centreOf, pictureWhere, readSeven, sumOf } from './draw.ts';

const seven = await readSeven();

test('thirteen of the fifteen corruptions of MNIST-C are implemented', t => {
  t.is(Object.keys(corruptions).length, 13);
});

for (const [name, corrupt] of Object.entries(corruptions)) {
  test(`${name} changes the image and leaves its argument unchanged`, t => {
    const given = seven.slice();
    const spoilt = corrupt(given, new Random(7));
    t.is(spoilt.length, side * side);
    t.notDeepEqual(spoilt, seven);
    t.deepEqual(given, seven);
  });

  test(`${name} is the same for the same seed`, t => {
    t.deepEqual(corrupt(seven, new Random(11, 3)), corrupt(seven, new Random(11, 3)));
  });
}

for (const name of Object.keys(corruptions).filter(
  one => !['scale', 'brightness', 'stripe'].includes(one),
)) {
  test(`${name} differs from seed to seed`, t => {
    const variants = [1, 2, 3, 4, 5, 6, 7].map(seed =>
      corruptions[name]!(seven, new Random(seed)).toString(),
    );
    t.true(new Set(variants).size > 1);
  });
}

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

const dot = pictureWhere((x, y) => x === 13 && y === 11);

test('a Gaussian blur spreads a dot by its kernel, equally to all sides', t => {
  const blurred = gaussianBlur(dot, 1);
  const at = (x: number, y: number) => blurred[y * side + x]!;
  t.true(Math.abs(at(13, 11) - 255 / (2 * Math.PI)) < 0.05);
  t.true(Math.abs(at(14, 11) / at(13, 11) - Math.exp(-0.5)) < 1e-9);
  t.is(at(15, 11), at(11, 11));
  t.is(at(13, 13), at(15, 11));
  t.true(Math.abs(blurred.reduce((sum, value) => sum + value, 0) - 255) < 1e-9);
});

test('a uniform image stays uniform under a Gaussian blur, including the edges', t => {
  t.true(
    gaussianBlur(
      pictureWhere(() => true, 77),
      1.5,
    ).every(value => Math.abs(value - 77) < 1e-9),
  );
});

test('glass blur spreads the light and keeps its sum', t => {
  const box = pictureWhere((x, y) => x >= 9 && x < 19 && y >= 9 && y < 19);
  const blurred = glassBlur(box, new Random(5));
  t.true(Math.abs(sumOf(blurred) / sumOf(box) - 1) < 0.02);
  t.true(boundsOf(blurred).left < 9 && boundsOf(blurred).bottom > 18);
});

test('motion blur spreads light in one direction, within 45° of the row', t => {
  for (const seed of [1, 2, 3, 5, 7, 11]) {
    const smeared = motionBlur(dot, new Random(seed));
    t.true(Math.abs(sumOf(smeared) - 255) < 12);
    const [centre, bounds] = [centreOf(smeared), boundsOf(smeared)];
    t.is(bounds.right, 13, 'light comes from the right');
    t.true(centre.x < 12);
    t.true(Math.abs(centre.y - 11) <= 13.5 - centre.x);
  }
});

const grey = pictureWhere(() => true, 85);

test('shot noise keeps black and counts photons, three for white', t => {
  const half = pictureWhere(x => x < 14, 85);
  const noisy = shotNoise(half, new Random(1));
  t.true(noisy.every((value, i) => (half[i] === 0 ? value === 0 : value % 85 === 0)));
});

test('shot noise keeps the mean intensity', t => {
  const random = new Random(2);
  let sum = 0;
  for (let time = 0; time < 20; time++) {
    for (const value of shotNoise(grey, random)) sum += value;
  }
  // A mean of one photon; clamping at three reduces it to 0.975.
  const mean = sum / (20 * grey.length);
  t.true(Math.abs(mean - 0.975 * 85) < 1.5, `${mean}`);
});

test('impulse noise turns a sixth of the pixels black or white, equally often', t => {
  const random = new Random(3);
  const pixels = Array.from({ length: 20 }, () => [...impulseNoise(grey, random)]).flat();
  const fraction = (of: number) => pixels.filter(value => value === of).length / pixels.length;
  t.true(Math.abs(fraction(0) - 0.085) < 0.01);
  t.true(Math.abs(fraction(255) - 0.085) < 0.01);
  t.true(Math.abs(fraction(85) - 0.83) < 0.015);
});

test('brightness adds half of white and clamps at white', t => {
  const given = Uint8Array.from({ length: side * side }, (_, i) => i % 256);
  const bright = brightness(given, new Random(1));
  t.deepEqual([bright[0], bright[100], bright[200]], [128, 228, 255]);
});

test('stripe inverts the outer quarters; twice restores the image', t => {
  const given = Uint8Array.from({ length: side * side }, (_, i) => i % 251);
  const striped = stripe(given, new Random(1));
  for (const [i, value] of striped.entries()) {
    const isOuter = i % side < 7 || i % side >= 21;
    if (value !== (isOuter ? 255 - given[i]! : given[i]!)) t.fail(`pixel ${i}`);
  }
  t.deepEqual(stripe(striped, new Random(1)), given);
});

const dark = pictureWhere(() => false);
const paleGrey = pictureWhere(() => true, 100);

/** The brightest pixel of every column. */
function profileOf(picture: Uint8Array): number[] {
  return Array.from({ length: side }, (_, x) =>
    Math.max(...Array.from({ length: side }, (_, y) => picture[y * side + x]!)),
  );
}

for (const [name, corrupt] of Object.entries({ dottedLine, zigzag })) {
  test(`${name} only adds light`, t => {
    for (const seed of [1, 2, 3, 4, 5]) {
      t.true(corrupt(paleGrey, new Random(seed)).every(value => value >= 100));
    }
  });
}

test('a dotted line crosses the image, two columns off and two on', t => {
  for (const seed of [1, 2, 3, 5, 7]) {
    const profile = profileOf(dottedLine(dark, new Random(seed)));
    const isLit = profile.map(value => value > 150);
    t.deepEqual(
      isLit.slice(0, 27),
      Array.from({ length: 27 }, (_, x) => x % 4 >= 2),
    );
  }
});

test('a zigzag runs from column 2 to column 25 and goes up and down', t => {
  let turns = 0;
  for (const seed of [1, 2, 3, 5, 7]) {
    const picture = zigzag(dark, new Random(seed));
    const profile = profileOf(picture);
    t.true(profile.every((value, x) => (x >= 1 && x <= 26) || value === 0));
    const rows = Array.from({ length: 21 }, (_, i) => {
      const column = Array.from({ length: side }, (_, y) => picture[y * side + i + 4]!);
      return column.indexOf(Math.max(...column));
    });
    const steps = rows.slice(1).map((row, i) => Math.sign(row - rows[i]!));
    const ways = steps.filter(step => step !== 0);
    turns += ways.filter((step, i) => step * (ways[i + 1] ?? step) < 0).length;
  }
  t.true(turns > 20, `${turns}`);
});

test('spatter covers dark and light with grey blots', t => {
  const given = pictureWhere(x => x >= 14);
  const spattered = spatter(given, new Random(2));
  const mudOn = (isLight: boolean) =>
    [...spattered.keys()].filter(i => given[i]! > 0 === isLight && spattered[i] !== given[i]);
  t.true(mudOn(false).length > 5 && mudOn(true).length > 5);
  t.true(mudOn(false).every(i => spattered[i]! >= 50 && spattered[i]! <= 63));
  t.true(mudOn(true).every(i => spattered[i]! >= 63 && spattered[i]! <= 102));
});
