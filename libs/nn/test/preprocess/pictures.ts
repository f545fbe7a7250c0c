// Small pictures for these tests, and how much the results of two differ.

import type { Picture, Plane } from '../../src/preprocess/picture.ts';
import { preprocess } from '../../src/preprocess/preprocess.ts';

/** A grey picture whose grey level at (x, y) the function returns. */
export function greyPicture(
  width: number,
  height: number,
  light: (x: number, y: number) => number,
): Picture {
  const data = Uint8Array.from({ length: width * height }, (_, i) =>
    light(i % width, Math.floor(i / width)),
  );
  return { width, height, channels: 1, data };
}

/** Whether a point lies in a figure like a 7, in a box of 1 × 1. */
export function insideSeven(x: number, y: number): boolean {
  if (x < 0 || x > 0.7 || y < 0 || y > 1) return false;
  return y < 0.14 || Math.abs(x - (0.63 - 0.45 * y)) < 0.08;
}

/** The 7 at a place and size, ink and paper as given. */
export function seven({
  width = 64,
  height = 64,
  left = 20,
  top = 12,
  size = 40,
  ink = 0,
  paper = 255,
} = {}): Picture {
  return greyPicture(width, height, (x, y) =>
    insideSeven((x + 0.5 - left) / size, (y + 0.5 - top) / size) ? ink : paper,
  );
}

/** The picture with the grey levels replaced where the function returns one. */
export function over(
  picture: Picture,
  light: (x: number, y: number, before: number) => number | null,
): Picture {
  const { width, height, data } = picture;
  return greyPicture(width, height, (x, y) => {
    const before = data[y * width + x]!;
    return light(x, y, before) ?? before;
  });
}

/** A plane from rows of digits, which are tenths of ink. */
export function plane(...rows: readonly string[]): Plane {
  const values = Float32Array.from([...rows.join('')], tenths => Number(tenths) / 10);
  return { width: rows[0]!.length, height: rows.length, values };
}

/** Mean absolute difference. */
export function meanDifference(a: Float32Array, b: ArrayLike<number>): number {
  return a.reduce((sum, value, i) => sum + Math.abs(value - b[i]!), 0) / a.length;
}

/** Mean absolute difference of two results; 1 where one is blank. */
export function difference(one: Picture, other: Picture): number {
  const [a, b] = [preprocess(one), preprocess(other)];
  return a && b ? meanDifference(a, b) : 1;
}
