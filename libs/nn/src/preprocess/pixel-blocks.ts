// Small pictures enlarged so that every pixel became a block: what a zoomed canvas exports. Taken back
// to its own pixels, a picture is seen as if it had been sent as it was drawn.

import type { Plane } from './picture.ts';

/** Pictures had so many pixels a side at least before: fewer show no digit. */
const leastSide = 8;

/** The picture with a pixel for each of its blocks; the same picture where it has none. */
export function shrinkBlocks(light: Plane): Plane {
  const block = blockSide(light);
  const [width, height] = [light.width / block, light.height / block];
  if (block === 1 || Math.min(width, height) < leastSide) return light;
  const values = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      values[y * width + x] = light.values[(y * light.width + x) * block]!;
    }
  }
  return { width, height, values };
}

/** The greatest number that divides both sides and every place where the light changes. */
function blockSide({ width, height, values }: Plane): number {
  let side = greatestDivisor(width, height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      const here = values[at]!;
      if (x % side !== 0 && here !== values[at - 1]!) side = greatestDivisor(side, x);
      if (y % side !== 0 && here !== values[at - width]!) side = greatestDivisor(side, y);
      if (side === 1) return 1;
    }
  }
  return side;
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b);
}
