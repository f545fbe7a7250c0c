// Ink that hangs together: a digit, a part of one, a speck, a frame around it.

import type { Box } from './bounds.ts';
import type { Plane } from './picture.ts';

export interface Island {
  /** Indices into the plane. */
  readonly pixels: Int32Array;
  /** The sum of their ink. */
  readonly mass: number;
  readonly box: Box;
}

/** Pixels with ink that touch one another, if only at a corner. */
export function findIslands({ width, height, values }: Plane): Island[] {
  // With a free pixel all around, no neighbour is ever outside.
  const stride = width + 2;
  const isFree = new Uint8Array(stride * (height + 2));
  let count = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (values[y * width + x]! <= 0) continue;
      isFree[(y + 1) * stride + x + 1] = 1;
      count++;
    }
  }
  const neighbours = [-stride - 1, -stride, -stride + 1, -1, 1, stride - 1, stride, stride + 1];
  const found = new Int32Array(count);
  const islands: Island[] = [];
  let start = 0;
  for (let at = isFree.indexOf(1); at !== -1; at = isFree.indexOf(1, at)) {
    isFree[at] = 0;
    found[start] = at;
    let end = start + 1;
    for (let i = start; i < end; i++) {
      for (const step of neighbours) {
        const neighbour = found[i]! + step;
        if (isFree[neighbour] === 0) continue;
        isFree[neighbour] = 0;
        found[end++] = neighbour;
      }
    }
    islands.push(describe(found.subarray(start, end), stride, width, values));
    start = end;
  }
  return islands;
}

/** @param pixels indices into the padded plane, overwritten with those into the plane */
function describe(pixels: Int32Array, stride: number, width: number, values: Float32Array): Island {
  let [left, top, right, bottom, mass] = [Infinity, Infinity, 0, 0, 0];
  for (let i = 0; i < pixels.length; i++) {
    const y = Math.floor(pixels[i]! / stride) - 1;
    const x = (pixels[i]! % stride) - 1;
    pixels[i] = y * width + x;
    mass += values[y * width + x]!;
    if (x < left) left = x;
    if (x >= right) right = x + 1;
    if (y < top) top = y;
    if (y >= bottom) bottom = y + 1;
  }
  return { pixels, mass, box: { left, top, right, bottom } };
}

/** Takes an island's ink out of the plane. */
export function removeIsland({ values }: Plane, { pixels }: Island): void {
  for (const pixel of pixels) values[pixel] = 0;
}
