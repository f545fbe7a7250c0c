// Little pictures for these tests.
import type { Picture } from '../../src/preprocess/picture.ts';

/** A grey picture whose light at (x, y) is what the function says. */
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
