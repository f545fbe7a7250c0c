import test from 'ava';
import { paint, paintThin } from '../../src/data/synthesis/rendering/paint.ts';
import { inkBounds } from '../../src/preprocess/bounds.ts';
import type { Picture } from '../../src/preprocess/picture.ts';
import { thickenThinStrokes } from '../../src/preprocess/thin-strokes.ts';
import { difference, insideSeven } from './draw.ts';

/** Pens' paths in a box of 1 × 1. */
const two = [
  [
    [0.28, 0.3],
    [0.38, 0.17],
    [0.6, 0.17],
    [0.7, 0.32],
    [0.62, 0.5],
    [0.28, 0.84],
    [0.74, 0.84],
  ],
] as const;
const five = [
  [
    [0.7, 0.15],
    [0.35, 0.15],
    [0.32, 0.45],
    [0.55, 0.42],
    [0.7, 0.58],
    [0.6, 0.8],
    [0.3, 0.82],
  ],
] as const;

type Path = typeof two | typeof five;

function scaled(path: Path, side: number) {
  return path.map(stroke => stroke.map(([x, y]) => [side * x, side * y] as const));
}

function pictureOf(data: Uint8Array, side: number): Picture {
  return { width: side, height: side, channels: 1, data };
}

/** With a pen of MNIST's thickness. */
function normal(path: Path, side: number): Picture {
  const pen = { radius: (1.1 * side) / 28, isSoft: true };
  return pictureOf(paint(scaled(path, side), side, pen), side);
}

function thin(path: Path, side: number): Picture {
  return pictureOf(paintThin(scaled(path, side), side), side);
}

// Half of all ink of a digit is 0.055 of all pixels: what is below is an edge here and there.
const close = 0.05;

for (const [name, path] of [
  ['two', two],
  ['five', five],
] as const) {
  for (const side of [28, 100, 400, 1000]) {
    test(`a ${name} in a line of one pixel on ${side}×${side} is seen like a normal pen's`, t => {
      const seen = difference(thin(path, side), normal(path, side));
      t.true(seen < close, `mean absolute difference ${seen}`);
      const dark = thin(path, side).data.map(value => 255 - value);
      t.is(difference(pictureOf(dark, side), thin(path, side)), 0, 'black on white as well');
    });
  }
}

test('a faint thin line becomes a full one', t => {
  const faint = thin(two, 100).data.map(value => value / 4);
  const seen = difference(pictureOf(faint, 100), normal(two, 100));
  t.true(seen < close, `mean absolute difference ${seen}`);
});

test('strokes as thick as MNIST’s are left alone, in small pictures and large ones', t => {
  for (const side of [28, 211]) {
    const values = Float32Array.from({ length: side * side }, (_, i) =>
      insideSeven((i % side) / side, Math.floor(i / side) / side) ? 1 : 0,
    );
    const ink = { width: side, height: side, values };
    const box = inkBounds(ink)!;
    t.is(thickenThinStrokes(ink, box).plane, ink);
  }
});

test('a single pixel of ink is a dot, not an error', t => {
  const values = new Float32Array(35);
  values[17] = 1;
  const box = { left: 3, top: 2, right: 4, bottom: 3 };
  const dot = thickenThinStrokes({ width: 7, height: 5, values }, box);
  t.true(Math.max(...dot.plane.values) === 1);
});
