import test from 'ava';
import { Random } from '../../src/engine/random.ts';
import { preprocess } from '../../src/preprocess/preprocess.ts';
import { difference, greyPicture, over, seven } from './pictures.ts';

const side = 64;
const plain = seven();

/** Whether a pixel belongs to a frame so far from the edge, and so thick. */
function isFrame(x: number, y: number, inset: number, thickness: number): boolean {
  const depth = Math.min(x, y, side - 1 - x, side - 1 - y);
  return depth >= inset && depth < inset + thickness;
}

const frames: [title: string, inset: number, thickness: number][] = [
  ['one pixel at the very edge', 0, 1],
  ['five pixels at the very edge', 0, 5],
  ['one pixel beside the edge', 1, 1],
  ['two pixels inside the edge', 5, 2],
];

for (const [title, inset, thickness] of frames) {
  for (const [shade, light] of [
    ['as dark as the ink', 0],
    ['in pale grey', 170],
  ] as const) {
    test(`a frame of ${title}, ${shade}, leaves no trace`, t => {
      const framed = over(plain, (x, y) => (isFrame(x, y, inset, thickness) ? light : null));
      t.is(difference(framed, plain), 0);
    });
  }
}

test('a frame around light ink on dark leaves no trace', t => {
  const chalk = seven({ ink: 255, paper: 0 });
  const framed = over(chalk, (x, y) => (isFrame(x, y, 3, 1) ? 255 : null));
  t.is(difference(framed, chalk), 0);
});

const gaps: [title: string, isGap: (x: number, y: number) => boolean][] = [
  ['in one side', (x, y) => y < 10 && x > 25 && x < 40],
  ['in all corners', (x, y) => Math.min(x, side - 1 - x) < 8 && Math.min(y, side - 1 - y) < 8],
];

for (const [title, isGap] of gaps) {
  test(`a frame with gaps ${title} leaves no trace`, t => {
    const framed = over(plain, (x, y) => (isFrame(x, y, 3, 2) && !isGap(x, y) ? 0 : null));
    t.is(difference(framed, plain), 0);
  });
}

test('a frame of a noisy sheet leaves no trace', t => {
  const noise = (x: number, y: number) => ((x * 7919 + y * 104_729) % 13) - 6;
  const framed = over(plain, (x, y, before) => {
    const light = isFrame(x, y, 0, 3) ? 20 : 40 + 0.7 * before;
    return light + noise(x, y);
  });
  const seen = difference(framed, plain);
  t.true(seen < 0.03, `mean absolute difference ${seen}`);
});

for (const [title, isTable] of [
  ['to the left', (x: number, _y: number) => x < 12],
  ['below', (_x: number, y: number) => y > 54],
] as const) {
  test(`a dark table ${title} of the sheet leaves no trace`, t => {
    const random = new Random(7);
    const grain = (light: number) => light + 3 * random.normal();
    const beside = over(plain, (x, y, before) => grain(isTable(x, y) ? 70 : 30 + 0.7 * before));
    const seen = difference(beside, plain);
    t.true(seen < 0.03, `mean absolute difference ${seen}`);
  });
}

test('a digit that touches a frame at the edge stays whole', t => {
  const atLeft = seven({ left: 2 });
  const framed = over(atLeft, (x, y) => (isFrame(x, y, 0, 2) ? 0 : null));
  t.is(difference(framed, plain), 0);
});

test('a frame without a digit stays', t => {
  const frame = greyPicture(side, side, (x, y) => (isFrame(x, y, 4, 2) ? 0 : 255));
  t.true((preprocess(frame)?.filter(value => value > 0).length ?? 0) > 50);
});

const touching: [title: string, isInk: (x: number, y: number) => boolean][] = [
  [
    'a zero as large as its picture',
    (x, y) => Math.abs(Math.hypot(x - 0.5, y - 0.5) - 0.44) < 0.06,
  ],
  ['a one along an edge', x => x < 0.1],
  ['a seven along the upper edge', (x, y) => y < 0.1 || Math.abs(x - 0.93 + 0.5 * y) < 0.07],
  [
    'a four of two strokes, one at an edge',
    (x, y) =>
      Math.abs(x - 0.9) < 0.07 ||
      (x < 0.7 && (Math.abs(y - 0.55) < 0.07 || (x < 0.12 && y < 0.55))),
  ],
];

for (const [title, isInk] of touching) {
  test(`${title} is not taken for a frame`, t => {
    const tight = greyPicture(40, 40, (x, y) => (isInk((x + 0.5) / 40, (y + 0.5) / 40) ? 0 : 255));
    const roomy = greyPicture(80, 80, (x, y) => {
      const isInside = x >= 20 && y >= 20 && x < 60 && y < 60;
      return isInside ? tight.data[(y - 20) * 40 + x - 20]! : 255;
    });
    t.is(difference(tight, roomy), 0);
  });
}
