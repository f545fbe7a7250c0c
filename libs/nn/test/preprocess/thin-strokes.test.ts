import test from 'ava';
import { rasterize, rasterizeThin } from '../../src/data/synthesis/rendering/rasterize.ts';
import { inkBounds, type Picture, type Plane } from '../../src/preprocess/picture.ts';
import {
  dilateStrokes,
  measureStrokeWidth,
  thickenThinStrokes,
} from '../../src/preprocess/thin-strokes.ts';
import { difference, insideSeven } from './pictures.ts';

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
  return pictureOf(rasterize(scaled(path, side), side, pen), side);
}

function thin(path: Path, side: number): Picture {
  return pictureOf(rasterizeThin(scaled(path, side), side), side);
}

// Half of all ink of a digit is 0.055 of all pixels: what is below is an edge here and there.
const close = 0.05;

for (const [name, path] of [
  ['two', two],
  ['five', five],
] as const) {
  for (const side of [28, 100, 400, 1000]) {
    test(`a ${name} in a line of one pixel on ${side}×${side} comes out like a normal pen's`, t => {
      const differing = difference(thin(path, side), normal(path, side));
      t.true(differing < close, `mean absolute difference ${differing}`);
      const dark = thin(path, side).data.map(value => 255 - value);
      t.is(difference(pictureOf(dark, side), thin(path, side)), 0, 'black on white as well');
    });
  }
}

test('a faint thin line becomes a full one', t => {
  const faint = thin(two, 100).data.map(value => value / 4);
  const differing = difference(pictureOf(faint, 100), normal(two, 100));
  t.true(differing < close, `mean absolute difference ${differing}`);
});

test('strokes as thick as MNIST’s are left alone, in small pictures and large ones', t => {
  for (const side of [28, 211]) {
    const values = Float32Array.from({ length: side * side }, (_, i) =>
      insideSeven((i % side) / side, Math.floor(i / side) / side) ? 1 : 0,
    );
    const ink = { width: side, height: side, values };
    const box = inkBounds(ink)!;
    t.is(thickenThinStrokes({ plane: ink, box }).plane, ink);
  }
});

test('a single pixel of ink is a dot, not an error', t => {
  const values = new Float32Array(35);
  values[17] = 1;
  const box = { left: 3, top: 2, right: 4, bottom: 3 };
  const dot = thickenThinStrokes({ plane: { width: 7, height: 5, values }, box });
  t.true(Math.max(...dot.plane.values) === 1);
});

/** A bar of a length and thickness, its ink as dark as given. */
function bar(length: number, thickness: number, ink = 1): Plane {
  const [width, height] = [length + 6, thickness + 10];
  const values = new Float32Array(width * height);
  for (let y = 5; y < 5 + thickness; y++) values.fill(ink, y * width + 3, y * width + 3 + length);
  return { width, height, values };
}

for (const thickness of [1, 2, 5]) {
  for (const ink of [1, 0.3]) {
    test(`a line ${thickness} wide with ink ${ink} is measured as ${thickness} wide`, t => {
      const plane = bar(211, thickness, ink);
      const width = measureStrokeWidth(plane, inkBounds(plane)!);
      t.true(Math.abs(width - thickness) < 0.15, `${width}`);
    });
  }
}

test('a box without ink has strokes of no width', t => {
  t.is(measureStrokeWidth(bar(7, 3, 0), { left: 0, top: 0, right: 13, bottom: 13 }), 0);
});

test('dilation widens strokes by the radius on every side, with a margin for it', t => {
  const plane = bar(53, 1, 0.8);
  const grown = dilateStrokes(plane, inkBounds(plane)!, 2);
  t.is(grown.width, 53 + 2 * 2);
  t.is(grown.height, 1 + 2 * 2);
  t.deepEqual(inkBounds(grown), { left: 0, top: 0, right: 57, bottom: 5 });
  const middle = Array.from({ length: 5 }, (_, y) => grown.values[y * 57 + 28]!.toFixed(2));
  t.deepEqual(middle, ['0.80', '0.80', '0.80', '0.80', '0.80']);
});

test('a part of a pixel of radius gives a grey edge', t => {
  const plane = bar(53, 1);
  const { width, values } = dilateStrokes(plane, inkBounds(plane)!, 1.25);
  const middle = Array.from({ length: 5 }, (_, y) => values[y * width + 28]!.toFixed(2));
  t.deepEqual(middle, ['0.25', '1.00', '1.00', '1.00', '0.25']);
});
