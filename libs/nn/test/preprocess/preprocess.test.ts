// All steps together: the network input of a picture, and properties that hold for any picture.

import test from 'ava';
import fc from 'fast-check';
import { loadMnist } from '../../src/data/mnist.ts';
import { Random } from '../../src/engine/random.ts';
import { inkBytes, networkInputs, type Picture } from '../../src/preprocess/picture.ts';
import { preprocess, preprocessingSteps } from '../../src/preprocess/preprocess.ts';
import { Workspace } from '../../src/preprocess/workspace.ts';
import { difference, greyPicture, meanDifference, over, seven } from './pictures.ts';

const reference = preprocess(seven())!;

test('an MNIST image comes out as it went in', async t => {
  const { test: images } = await loadMnist();
  let sum = 0;
  let changed = 0;
  for (let i = 0; i < images.count; i++) {
    const data = images.pixels.subarray(i * 784, (i + 1) * 784);
    const ink = preprocess({ width: 28, height: 28, channels: 1, data })!;
    const ownDifference = meanDifference(
      ink,
      Float32Array.from(data, value => value / 255),
    );
    sum += ownDifference;
    if (ownDifference > 0.01) changed++;
  }
  t.true(sum / images.count < 0.001, `mean absolute difference ${sum / images.count}`);
  t.true(changed <= 0.01 * images.count, `${changed} of ${images.count} changed`);
});

test('ink is 1 where it is darkest and fits 20 × 20', t => {
  t.is(Math.max(...reference), 1);
  const rows = Array.from({ length: 28 }, (_, y) => reference.subarray(28 * y, 28 * (y + 1)));
  t.is(rows.filter(row => row.some(value => value > 0)).length, 20);
});

test('the centre of mass is in the middle', t => {
  let mass = 0;
  let x = 0;
  let y = 0;
  for (const [i, value] of reference.entries()) {
    mass += value;
    x += value * (i % 28);
    y += value * Math.floor(i / 28);
  }
  t.true(Math.abs(x / mass - 14) <= 0.5 && Math.abs(y / mass - 14) <= 0.5);
});

const variants: [title: string, picture: ReturnType<typeof seven>, tolerance: number][] = [
  ['light on dark', seven({ ink: 255, paper: 0 }), 0],
  ['grey on paler grey', seven({ ink: 90, paper: 200 }), 1e-6],
  ['in #eee on white', seven({ ink: 0xee }), 1e-6],
  ['in #111 on black', seven({ ink: 0x11, paper: 0 }), 1e-6],
  ['off-centre', seven({ left: 2, top: 23 }), 0],
  ['on a wide sheet', seven({ width: 300, height: 90, left: 250, top: 40 }), 0],
  ['touching the corner', seven({ left: 0, top: 0 }), 0],
  ['cropped to its own edges', seven({ width: 28, height: 40, left: 0, top: 0 }), 0],
  ['five times as large', seven({ width: 400, height: 400, left: 100, top: 60, size: 200 }), 0.02],
];

for (const [title, picture, tolerance] of variants) {
  test(`a digit ${title} comes out like the plain one`, t => {
    const seen = meanDifference(preprocess(picture)!, reference);
    t.true(seen <= tolerance, `mean absolute difference ${seen}`);
  });
}

for (const side of [8, 11, 19]) {
  test(`a digit that fills a picture of ${side} pixels a side is recognised as light on dark`, t => {
    const digit = { width: side, height: side, left: 0, top: 0, size: side };
    const light = preprocess(seven({ ...digit, ink: 255, paper: 0 }))!;
    t.deepEqual(light, preprocess(seven(digit)));
    t.true(light[14 * 28 + 14 - 9]! === 0, 'the paper beside the stem');
  });

  test(`a digit of ${side} pixels a side in values of 0 to 16 comes out like one of 0 to 255`, t => {
    const digit = { width: side, height: side, left: 0, top: 0, size: side, paper: 0 };
    t.is(difference(seven({ ...digit, ink: 16 }), seven({ ...digit, ink: 255 })), 0);
  });
}

test('noise neither hides nor enlarges the digit', t => {
  const noise = (x: number, y: number) => ((x * 7919 + y * 104_729) % 13) - 6;
  const clean = seven({ ink: 60, paper: 190 });
  const noisy = greyPicture(64, 64, (x, y) => clean.data[64 * y + x]! + noise(x, y));
  t.true(meanDifference(preprocess(noisy)!, reference) < 0.03);
});

const clamp = (light: number) => Math.min(255, Math.max(0, light));

for (const [title, chalk] of [
  ['light on black', seven({ ink: 255, paper: 0 })],
  ['dark on white', seven()],
] as const) {
  for (const deviation of [8, 25, 40]) {
    test(`grain of ${deviation} levels, cut off, leaves a digit ${title} as it is`, t => {
      const random = new Random(1);
      const grainy = over(chalk, (_x, _y, light) => clamp(light + deviation * random.normal()));
      const seen = difference(grainy, chalk);
      t.true(seen < 0.05, `mean absolute difference ${seen}`);
    });
  }

  test(`dust leaves a digit ${title} as it is`, t => {
    const random = new Random(2);
    const dust = () => (random.uniform() < 0.02 ? 255 * random.below(2) : null);
    const seen = difference(over(chalk, dust), chalk);
    t.true(seen < 0.03, `mean absolute difference ${seen}`);
  });
}

for (const [title, grey, paperAlpha] of [
  ['dark ink on nothing', 0, 0],
  ['light ink on nothing', 255, 0],
] as const) {
  test(`${title} is composited over paper of the other shade`, t => {
    const shape = seven({ ink: 255, paper: paperAlpha }).data;
    const data = new Uint8Array(2 * shape.length);
    for (const [i, alpha] of shape.entries()) data.set([grey, alpha], 2 * i);
    const ink = preprocess({ width: 64, height: 64, channels: 2, data })!;
    t.is(meanDifference(ink, reference), 0);
  });
}

test('transparent corners of an opaque card get the card’s shade', t => {
  const card = seven().data;
  const data = new Uint8Array(2 * card.length);
  for (const [i, grey] of card.entries()) {
    const corner = (i % 64) + Math.floor(i / 64) < 10;
    data.set(corner ? [0, 0] : [grey, 255], 2 * i);
  }
  const ink = preprocess({ width: 64, height: 64, channels: 2, data })!;
  t.is(meanDifference(ink, reference), 0);
});

for (const [title, picture] of [
  ['white', greyPicture(28, 28, () => 255)],
  ['black', greyPicture(28, 28, () => 0)],
  ['one pixel', greyPicture(1, 1, () => 200)],
  ['faint noise', greyPicture(40, 30, (x, y) => 120 + ((x * 7 + y * 3) % 5))],
] as const) {
  test(`a picture of ${title} is blank`, t => {
    t.is(preprocess(picture), undefined);
  });
}

test('soft ink along half of the border is not taken for noise', t => {
  const ring = greyPicture(64, 64, (x, y) => {
    const distance = Math.abs(Math.hypot(x - 19.2, y - 38) - 22.4);
    return Math.min(255, Math.max(0, 300 - 14 * distance));
  });
  t.not(preprocess(ring), undefined);
});

test('noise as strong as ink is blank', t => {
  const random = new Random(3);
  t.is(preprocess(greyPicture(64, 64, () => random.below(256))), undefined);
});

test('a picture one pixel wide with ink in it is not an error', t => {
  const ink = preprocess(greyPicture(1, 40, (_, y) => (y > 10 && y < 20 ? 255 : 0)))!;
  t.is(ink.length, 784);
  t.true(ink.every(value => value >= 0 && value <= 1));
});

test('a result stays as it is while further pictures are converted', t => {
  const result = preprocess(seven())!;
  const before = result.slice();
  preprocess(seven({ width: 41, height: 43, left: 9, top: 7, size: 31 }));
  t.deepEqual(result, before);
  t.deepEqual(preprocess(seven()), before);
});

test('arrays of a workspace are zeros, apart from each other, and new where they do not fit', t => {
  const workspace = new Workspace(20);
  const bytes = workspace.uint8(3).fill(7);
  const values = workspace.float32(3).fill(5);
  const beyond = workspace.int32(2).fill(9);
  t.deepEqual([...bytes, ...values, ...beyond], [7, 7, 7, 5, 5, 5, 9, 9]);
  t.is(values.buffer, bytes.buffer);
  t.not(beyond.buffer, bytes.buffer);
  workspace.reset();
  t.deepEqual([...workspace.int32(2), ...workspace.uint8(3)], [0, 0, 0, 0, 0]);
});

test('pictures that are none are refused by their code', t => {
  const picture = { width: 3, height: 5, channels: 1, data: new Uint8Array(15) } as const;
  for (const [wrong, code] of [
    [{ data: new Uint8Array(14) }, 'data-mismatch'],
    [{ data: undefined }, 'data-mismatch'],
    [{ channels: 7, data: new Uint8Array(105) }, 'invalid-options'],
    [{ width: 2.5, height: 2, data: new Uint8Array(5) }, 'invalid-options'],
    [{ height: 0, data: new Uint8Array(0) }, 'invalid-options'],
  ] as const) {
    t.throws(() => preprocess({ ...picture, ...wrong } as unknown as Picture), { code });
  }
  t.throws(() => preprocess(undefined as unknown as Picture), { code: 'invalid-options' });
});

test('each step reports its name and its picture, and the last one is the result', t => {
  const steps: [name: string, side: number, bytes: number][] = [];
  let last: Uint8Array | undefined;
  const ink = preprocess(seven({ ink: 60, paper: 190 }), (name, { width, data }) => {
    steps.push([name, width, data.length]);
    last = data;
  });
  t.deepEqual(
    steps.map(([name]) => name),
    preprocessingSteps.map(({ name }) => name),
  );
  t.deepEqual(steps[0], ['shrink', 64, 64 * 64]);
  t.deepEqual(steps.at(-1), ['centre-by-mass', 28, 784]);
  t.deepEqual(last, inkBytes(ink!));
});

test('a blank picture ends at the step that finds nothing', t => {
  const steps: string[] = [];
  t.is(
    preprocess(
      greyPicture(28, 28, () => 255),
      name => steps.push(name),
    ),
    undefined,
  );
  t.is(steps.at(-1), 'average-noise');
});

const sides = fc.integer({ min: 1, max: 31 });

/** Any bytes, a few shades in runs, or one shade with something on it: noise alone is mostly blank. */
function bytes(length: number): fc.Arbitrary<Uint8Array> {
  const runs = fc.tuple(
    fc.uint8Array({ minLength: 1, maxLength: 5 }),
    fc.integer({ min: 1, max: 60 }),
  );
  const spots = fc.tuple(
    fc.nat({ max: 255 }),
    fc.array(fc.tuple(fc.nat({ max: length - 1 }), fc.nat({ max: 255 })), { maxLength: 60 }),
  );
  return fc.oneof(
    fc.uint8Array({ minLength: length, maxLength: length }),
    runs.map(([shades, run]) =>
      Uint8Array.from({ length }, (_, i) => shades[Math.floor(i / run) % shades.length]!),
    ),
    spots.map(([paper, ink]) => {
      const data = new Uint8Array(length).fill(paper);
      for (const [at, value] of ink) data[at] = value;
      return data;
    }),
  );
}

const pictures: fc.Arbitrary<Picture> = fc
  .tuple(sides, sides, fc.constantFrom(1 as const, 2 as const))
  .chain(([width, height, channels]) =>
    bytes(width * height * channels).map(data => ({ width, height, channels, data })),
  );

test('any picture is blank, or 784 values of ink in 0…1 that are not all 0', t => {
  const property = fc.property(pictures, picture => {
    const ink = preprocess(picture);
    if (ink === undefined) return true;
    const isInk = ink.every(value => value >= 0 && value <= 1);
    return isInk && ink.length === networkInputs && Math.max(...ink) > 0;
  });
  t.notThrows(() => fc.assert(property, { numRuns: 700 }));
});
