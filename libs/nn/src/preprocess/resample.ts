// Scaling by a triangle filter that widens as the picture shrinks: bilinear going up, antialiased
// going down, and exactly the identity at scale 1. (The filter of Pillow's BILINEAR.) Flat arrays
// and plain loops: this is the longest step of the preprocessing.

import type { Box } from './bounds.ts';
import { cut } from './cut.ts';
import type { Plane } from './picture.ts';

/** For each target pixel the source pixels that it is made of, and their weights, which sum to 1. */
interface Taps {
  /** [target] the first source pixel */
  readonly first: Int32Array;
  /** [target] how many */
  readonly count: Int32Array;
  /** [target, most] */
  readonly weights: Float32Array;
  readonly most: number;
}

/** The part of the plane inside the box, resampled to width × height pixels. */
export function resample(plane: Plane, box: Box, width: number, height: number): Plane {
  const sourceHeight = box.bottom - box.top;
  if (width === box.right - box.left && height === sourceHeight) return cut(plane, box);
  const columns = createTaps(box.right - box.left, width);
  const narrowed = new Float32Array(sourceHeight * width);
  for (let y = 0; y < sourceHeight; y++) {
    const start = (box.top + y) * plane.width + box.left;
    for (let x = 0; x < width; x++) {
      narrowed[y * width + x] = weigh(columns, x, plane.values, start, 1);
    }
  }
  const rows = createTaps(sourceHeight, height);
  const values = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) values[y * width + x] = weigh(rows, y, narrowed, x, width);
  }
  return { width, height, values };
}

function weigh(
  { first, count, weights, most }: Taps,
  target: number,
  values: Float32Array,
  start: number,
  stride: number,
): number {
  const n = count[target]!;
  const w = target * most;
  let v = start + first[target]! * stride;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    sum += weights[w + i]! * values[v]!;
    v += stride;
  }
  return sum;
}

function createTaps(sourceLength: number, targetLength: number): Taps {
  const step = sourceLength / targetLength;
  const reach = Math.max(1, step);
  const most = Math.ceil(2 * reach) + 1;
  const first = new Int32Array(targetLength);
  const count = new Int32Array(targetLength);
  const weights = new Float32Array(targetLength * most);
  for (let target = 0; target < targetLength; target++) {
    const centre = (target + 0.5) * step;
    const start = Math.max(0, Math.floor(centre - reach + 0.5));
    const n = Math.min(sourceLength, Math.floor(centre + reach + 0.5)) - start;
    const w = target * most;
    let sum = 0;
    for (let i = 0; i < n; i++) {
      weights[w + i] = Math.max(0, 1 - Math.abs(start + i + 0.5 - centre) / reach);
      sum += weights[w + i]!;
    }
    for (let i = 0; i < n; i++) weights[w + i]! /= sum;
    first[target] = start;
    count[target] = n;
  }
  return { first, count, weights, most };
}
