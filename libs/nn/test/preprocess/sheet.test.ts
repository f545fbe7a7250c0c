// Sheets: a picture of a digit on a sheet, card, board or image box comes out like the digit alone.

import test from 'ava';
import { Random } from '../../src/engine/random.ts';
import type { Picture, Plane } from '../../src/preprocess/picture.ts';
import { cropToSheet } from '../../src/preprocess/sheet/crop-to-sheet.ts';
import { difference, greyPicture, insideSeven, over, seven } from './pictures.ts';

const width = 211;
const height = 173;

/** Shades of the desk, the sheet and the ink. */
interface Shades {
  readonly desk: (x: number, y: number) => number;
  readonly sheet?: number;
  readonly ink?: number;
}

/** A 7 on a sheet of 120 × 110, turned about (100, 86) with all that is on it. */
function sevenOnSheet({ desk, sheet = 235, ink = 30 }: Shades, degrees = 0, rounding = 0): Picture {
  return greyPicture(width, height, (x, y) => {
    const [u, v] = turned(x + 0.5 - 100, y + 0.5 - 86, degrees);
    const corner = Math.hypot(
      Math.max(0, Math.abs(u) - 60 + rounding),
      Math.max(0, Math.abs(v) - 55 + rounding),
    );
    const isOnSheet =
      rounding > 0 ? corner <= rounding : Math.max(Math.abs(u) - 60, Math.abs(v) - 55) < 0;
    if (!isOnSheet) return desk(x, y);
    return insideSeven((u + 18) / 60, (v + 30) / 60) ? ink : sheet;
  });
}

function turned(x: number, y: number, degrees: number): readonly [number, number] {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  return [cos * x + sin * y, cos * y - sin * x];
}

/** The 7 alone, on a page without edges. */
const alone = (degrees = 0) => sevenOnSheet({ desk: () => 235 }, degrees);

const wood = (x: number, y: number) =>
  95 + 25 * Math.sin(y / 4 + Math.sin(x / 30)) + ((x * 7) % 11);

const sheets: [title: string, picture: Picture, expected: Picture][] = [
  ['on a dark desk', sevenOnSheet({ desk: () => 50 }), alone()],
  ['on wood', sevenOnSheet({ desk: wood }), alone()],
  ['on a pale table', sevenOnSheet({ desk: () => 180 }), alone()],
  ['turned on wood', sevenOnSheet({ desk: wood }, 14), alone(14)],
  ['with rounded corners', sevenOnSheet({ desk: () => 40 }, 0, 14), alone()],
  ['that is a board on a wall', sevenOnSheet({ desk: () => 210, sheet: 40, ink: 225 }), alone()],
  ['on grey cloth, under noise', noisy(sevenOnSheet({ desk: () => 110 }, -9)), noisy(alone(-9))],
];

function noisy(picture: Picture): Picture {
  const random = new Random(11);
  return over(picture, (_x, _y, before) => Math.min(255, before + 3 * random.normal()));
}

for (const [title, picture, expected] of sheets) {
  test(`a digit on a sheet ${title} comes out like the digit alone`, t => {
    const seen = difference(picture, expected);
    t.true(seen < 0.02, `mean absolute difference ${seen}`);
  });
}

test('a digit on a sheet that the picture cuts off comes out like the digit alone', t => {
  const desk = (x: number, y: number) => (x > 150 || y > 140 ? wood(x, y) : 235);
  const cutOff = over(alone(), (x, y, before) => (x > 150 || y > 140 ? desk(x, y) : before));
  const seen = difference(cutOff, alone());
  t.true(seen < 0.02, `mean absolute difference ${seen}`);
});

/** A white page with an image box of 100 × 100 at (60, 30), its axes, ticks and labels. */
function figure(): Picture {
  return greyPicture(width, height, (x, y) => {
    const [u, v] = [x - 60, y - 30];
    if (u >= 0 && v >= 0 && u < 100 && v < 100) {
      return insideSeven((u - 32.5) / 60, (v - 20.5) / 60) ? 235 : 30;
    }
    const isAxis = (u === -1 && v >= 0 && v <= 100) || (v === 100 && u >= 0 && u <= 100);
    const isTick = (v > 100 && v < 103 && u % 20 === 10) || (u < -1 && u > -4 && v % 20 === 10);
    const isLabel = v > 106 && v < 112 && u >= 0 && u <= 100 && Math.abs((u % 20) - 10) < 3;
    return isAxis || isTick || isLabel ? 0 : 255;
  });
}

test('an image box in a figure with axes comes out like the image alone', t => {
  t.true(difference(figure(), alone()) < 0.02);
});

test('a figure in a window comes out like the image alone', t => {
  const { data } = figure();
  const window = greyPicture(320, 280, (x, y) => {
    const [u, v] = [x - 50, y - 60];
    if (u < 0 || u >= width || v < -16 || v >= height) return 90;
    return v < 0 ? 160 : data[v * width + u]!;
  });
  t.true(difference(window, alone()) < 0.02);
});

test('a white patch on a transparent canvas comes out like the patch alone', t => {
  const data = new Uint8Array(2 * 160 * 160);
  const patch = seven({ width: 90, height: 90, left: 28, top: 20, size: 50 });
  for (const [i, grey] of patch.data.entries()) {
    data.set([grey, 255], 2 * ((30 + Math.floor(i / 90)) * 160 + 50 + (i % 90)));
  }
  t.true(difference({ width: 160, height: 160, channels: 2, data }, patch) < 0.02);
});

const ring = (x: number, y: number, halfWidth: number, halfHeight: number) =>
  Math.max(Math.abs(x) / halfWidth, Math.abs(y) / halfHeight);

const others: [title: string, light: (x: number, y: number) => number][] = [
  ['a thick zero', (x, y) => (Math.abs(Math.hypot(x / 0.7, y) - 40) < 13 ? 0 : 255)],
  [
    'a zero with a dot',
    (x, y) => (Math.abs(Math.hypot(x / 0.7, y) - 50) < 6 || Math.hypot(x, y) < 7 ? 0 : 255),
  ],
  ['an angular zero', (x, y) => (ring(x, y, 40, 60) <= 1 && ring(x, y, 26, 46) > 1 ? 255 : 0)],
  [
    'an angular eight',
    (x, y) => (ring(x, y, 36, 62) <= 1 && (ring(x, y, 22, 48) > 1 || Math.abs(y) < 6) ? 0 : 255),
  ],
  ['a filled square', (x, y) => (ring(x, y, 40, 40) <= 1 ? 0 : 255)],
  [
    'a soft shadow over a digit',
    (x, y) => (Math.abs(x) < 6 && Math.abs(y) < 50 ? 40 : 235 - 100 / (1 + Math.exp(x / 12))),
  ],
  [
    'a hard shadow over a digit',
    (x, y) => (Math.abs(y) < 6 && Math.abs(x) < 50 ? 40 : x < 5 ? 140 : 235),
  ],
  [
    'squared paper',
    (x, y) =>
      Math.abs(x + y / 3) < 5 && Math.abs(y) < 50
        ? 30
        : Math.abs(x % 30) < 2 || Math.abs(y % 30) < 2
          ? 180
          : 240,
  ],
];

for (const [title, light] of others) {
  test(`${title} is not taken for a sheet`, t => {
    const { data } = greyPicture(width, height, (x, y) => light(x - 105, y - 86));
    const plane: Plane = { width, height, values: Float32Array.from(data) };
    t.is(cropToSheet(plane), plane);
  });
}
