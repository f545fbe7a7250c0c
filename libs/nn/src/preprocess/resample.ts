// Scales planes with a triangle filter whose width grows with the reduction (Pillow's BILINEAR): bilinear
// when enlarging, antialiased when reducing, and the identity at scale 1. Optimised with flat arrays,
// because this is the slowest step of the preprocessing.

import { type Box, crop, type Plane } from './picture.ts';

/** For each target pixel, its source pixels and their weights, which sum to 1. */
interface FilterTaps {
  /** [target] index of the first source pixel */
  readonly first: Int32Array;
  /** [target] number of source pixels */
  readonly count: Int32Array;
  /** [target, maxTaps] */
  readonly weights: Float32Array;
  readonly maxTaps: number;
}

/** @returns the part of the plane inside the box, resampled to width × height pixels */
export function resample(plane: Plane, box: Box, width: number, height: number): Plane {
  const sourceHeight = box.bottom - box.top;
  if (width === box.right - box.left && height === sourceHeight) return crop(plane, box);
  const columns = createTaps(box.right - box.left, width);
  const narrowed = new Float32Array(sourceHeight * width);
  for (let y = 0; y < sourceHeight; y++) {
    const line = { values: plane.values, start: (box.top + y) * plane.width + box.left, stride: 1 };
    for (let x = 0; x < width; x++) narrowed[y * width + x] = weightedSum(columns, x, line);
  }
  const rows = createTaps(sourceHeight, height);
  const values = new Float32Array(width * height);
  for (let x = 0; x < width; x++) {
    const line = { values: narrowed, start: x, stride: width };
    for (let y = 0; y < height; y++) values[y * width + x] = weightedSum(rows, y, line);
  }
  return { width, height, values };
}

/** A row or column of source values. */
interface SourceLine {
  readonly values: Float32Array;
  readonly start: number;
  readonly stride: number;
}

function weightedSum(
  { first, count, weights, maxTaps }: FilterTaps,
  target: number,
  { values, start, stride }: SourceLine,
): number {
  const n = count[target]!;
  const w = target * maxTaps;
  let v = start + first[target]! * stride;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    sum += weights[w + i]! * values[v]!;
    v += stride;
  }
  return sum;
}

function createTaps(sourceLength: number, targetLength: number): FilterTaps {
  const step = sourceLength / targetLength;
  const reach = Math.max(1, step);
  const maxTaps = Math.ceil(2 * reach) + 1;
  const first = new Int32Array(targetLength);
  const count = new Int32Array(targetLength);
  const weights = new Float32Array(targetLength * maxTaps);
  for (let target = 0; target < targetLength; target++) {
    const centre = (target + 0.5) * step;
    const start = Math.max(0, Math.floor(centre - reach + 0.5));
    const n = Math.min(sourceLength, Math.floor(centre + reach + 0.5)) - start;
    const w = target * maxTaps;
    let sum = 0;
    for (let i = 0; i < n; i++) {
      weights[w + i] = Math.max(0, 1 - Math.abs(start + i + 0.5 - centre) / reach);
      sum += weights[w + i]!;
    }
    for (let i = 0; i < n; i++) weights[w + i]! /= sum;
    first[target] = start;
    count[target] = n;
  }
  return { first, count, weights, maxTaps };
}

/**
 * Bilinear interpolation between the four values around a point.
 *
 * @param valueAt returns the value at integer coordinates, which may be outside the picture
 */
export function sampleBilinear(
  valueAt: (column: number, row: number) => number,
  x: number,
  y: number,
): number {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [right, below] = [x - left, y - top];
  const upper = (1 - right) * valueAt(left, top) + right * valueAt(left + 1, top);
  const lower = (1 - right) * valueAt(left, top + 1) + right * valueAt(left + 1, top + 1);
  return (1 - below) * upper + below * lower;
}
