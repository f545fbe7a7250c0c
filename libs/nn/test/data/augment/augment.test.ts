import test from 'ava';
import {
  type Augmentation,
  augmentSample,
  checkAugmentable,
  createElasticField,
  drawAugmentations,
  valuesPerAugmentation,
} from '../../../src/data/augment/augment.ts';
import {
  createDisplacementField,
  fieldSide,
} from '../../../src/data/augment/elastic-distortion.ts';
import {
  changeThickness,
  createPaddedImage,
  type PaddedImage,
  padInto,
} from '../../../src/data/augment/padded-image.ts';
import { warpInto } from '../../../src/data/augment/warp.ts';
import type { Samples } from '../../../src/data/samples.ts';
import { Random } from '../../../src/engine/random.ts';

const identity = {
  field: null,
  fieldX: 0,
  fieldY: 0,
  xx: 1,
  xy: 0,
  yx: 0,
  yy: 1,
  shiftX: 0,
  shiftY: 0,
};

const none: Augmentation = {
  rotation: 0,
  scale: 0,
  shear: 0,
  shift: 0,
  elastic: null,
  thickness: 0,
};

/** A picture with ink all over, different at every pixel. */
const source = Uint8Array.from({ length: 784 }, (_, i) => 9 + ((i * 37) % 241));

function padded(picture: Uint8Array): PaddedImage {
  const target = createPaddedImage(28, 28);
  padInto(target, picture);
  return target;
}

function warped(change: Partial<Parameters<typeof warpInto>[3]>): Float32Array {
  const target = new Float32Array(784);
  warpInto(target, 0, padded(source), { ...identity, ...change });
  return target;
}

test('the identity changes nothing', t => {
  t.deepEqual(
    warped({}),
    Float32Array.from(source, ink => ink / 255),
  );
});

test('images that are no squares are changed about their own centre', t => {
  const image = createPaddedImage(5, 11);
  padInto(image, source);
  const target = new Float32Array(57);
  warpInto(target, 1, image, { ...identity, xx: -1, yy: -1 });
  const turned = Array.from({ length: 55 }, (_, i) => Math.fround(source[54 - i]! / 255));
  t.deepEqual([...target], [0, ...turned, 0]);
});

test('samples that are no images cannot be augmented', t => {
  const samples = { count: 0, inputs: new Uint8Array(), labels: new Uint8Array() };
  t.notThrows(() => checkAugmentable({ ...samples, size: 49 }));
  t.notThrows(() => checkAugmentable({ ...samples, size: 55, columns: 11 }));
  t.throws(() => checkAugmentable({ ...samples, size: 55 }), { code: 'invalid-options' });
  t.throws(() => checkAugmentable({ ...samples, size: 55, columns: 7 }), {
    code: 'invalid-options',
  });
});

test('a shift by whole pixels moves the ink, and nothing comes in from outside', t => {
  const moved = warped({ shiftX: 3, shiftY: -2 });
  for (let y = 0; y < 28; y++) {
    for (let x = 0; x < 28; x++) {
      const inside = x + 3 < 28 && y - 2 >= 0;
      const expected = inside ? source[(y - 2) * 28 + x + 3]! / 255 : 0;
      t.is(moved[y * 28 + x], Math.fround(expected));
    }
  }
});

test('half a pixel is the mean of two neighbours', t => {
  const moved = warped({ shiftX: 0.5 });
  t.true(Math.abs(moved[28 * 5 + 7]! - (source[28 * 5 + 7]! + source[28 * 5 + 8]!) / 510) < 1e-6);
});

test('a quarter turn rotates about the centre', t => {
  const turned = warped({ xx: 0, xy: -1, yx: 1, yy: 0 });
  t.is(turned[28 * 3 + 10], Math.fround(source[28 * 10 + 24]! / 255));
});

test('displacements of any size read nothing outside the image', t => {
  const random = new Random(1);
  for (let i = 0; i < 50; i++) {
    const target = warped({ xx: 40 * random.normal(), yy: 40 * random.normal(), shiftX: 1e9 });
    t.true(target.every(value => value >= 0 && value <= 1));
  }
});

test('the displacement field has the spread expected of its Gaussian', t => {
  const sigma = 3;
  const alpha = 20;
  const { dx, dy } = createDisplacementField(new Random(1), { sigma, alpha });
  // The variance of uniform noise in ±1 is 1/3; a Gaussian leaves 1 / (4πσ²) of it.
  const expected = alpha * Math.sqrt(1 / 3 / (4 * Math.PI * sigma ** 2));
  for (const values of [dx, dy]) {
    const spread = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
    t.true(Math.abs(spread / expected - 1) < 0.05, `${spread}, expected ${expected}`);
  }
  t.notDeepEqual(dx.subarray(0, 9), dy.subarray(0, 9));
});

test('the displacement field is periodic without a seam', t => {
  const { dx } = createDisplacementField(new Random(1), { sigma: 4, alpha: 30 });
  let across = 0;
  let inside = 0;
  for (let y = 0; y < fieldSide; y++) {
    across += Math.abs(dx[y * fieldSide]! - dx[y * fieldSide + fieldSide - 1]!);
    inside += Math.abs(dx[y * fieldSide + 100]! - dx[y * fieldSide + 101]!);
  }
  t.true(across < 2 * inside);
});

test('dilation adds ink at the edge, erosion removes it', t => {
  const bar = new Uint8Array(784);
  for (let y = 5; y < 20; y++) bar.fill(200, y * 28 + 12, y * 28 + 15);
  const ink = (amount: number) => {
    const target = createPaddedImage(28, 28);
    changeThickness(target, padded(bar), amount);
    return target.values.reduce((sum, value) => sum + value, 0);
  };
  t.is(ink(0), 200 * 45);
  t.is(ink(1), 200 * (45 + 2 * 15 + 2 * 3));
  t.is(ink(-1), 200 * 13);
  t.true(ink(0.5) > ink(0) && ink(-0.5) < ink(0));
});

const samples: Samples = {
  count: 2,
  size: 784,
  inputs: Uint8Array.from([...source, ...source]),
  labels: Uint8Array.of(3, 8),
};

function batchOf(augmentation: Augmentation, seed: number): Float32Array {
  const inputs = new Float32Array(2 * 784);
  const field = createElasticField(augmentation, new Random(seed));
  const values = new Float64Array(2 * valuesPerAugmentation);
  drawAugmentations(values, samples.labels, augmentation, new Random(seed));
  for (const [row, index] of [1, 0].entries()) {
    augmentSample(inputs, row * 784, { samples, index }, { values, row, field });
  }
  return inputs;
}

test('without augmentation the images stay as they are', t => {
  t.deepEqual(batchOf(none, 1).subarray(0, 784), warped({}));
});

test('augmented images differ from each other, and are the same for the same seed', t => {
  const strong = {
    rotation: 15,
    scale: 0.15,
    shear: 0.15,
    shift: 2,
    elastic: { sigma: 5, alpha: 30 },
    thickness: 0.5,
  };
  const batch = batchOf(strong, 1);
  t.deepEqual(batchOf(strong, 1), batch);
  t.notDeepEqual(batchOf(strong, 2), batch);
  t.notDeepEqual(batch.subarray(0, 784), batch.subarray(784));
});

test('classes can have rotations of their own; others have that of the first class', t => {
  const angleOf = (label: number) => {
    const values = new Float64Array(valuesPerAugmentation);
    drawAugmentations(values, [label], { ...none, rotation: [30, 0, 15] }, new Random(5));
    return Math.asin(values[5]!) * (180 / Math.PI);
  };
  t.is(angleOf(1), 0);
  t.true(Math.abs(angleOf(0)) > 1);
  t.true(Math.abs(angleOf(0) - 2 * angleOf(2)) < 1e-9);
  t.is(angleOf(9), angleOf(0));
});
