// Scales planes with a triangle filter whose width grows with the reduction (Pillow's BILINEAR): bilinear
// when enlarging, antialiased when reducing, and the identity at scale 1. Optimised with flat arrays,
// because this is the slowest step of the preprocessing.

import { type Box, crop, type Plane } from './picture.ts';
import { newArrays } from './workspace.ts';

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

/** @returns the part of the plane inside the box, resampled to a size in pixels */
export function resample(
  plane: Plane,
  box: Box,
  { width, height }: Pick<Plane, 'width' | 'height'>,
  workspace = newArrays,
): Plane {
  const sourceWidth = box.right - box.left;
  const sourceHeight = box.bottom - box.top;
  if (width === sourceWidth && height === sourceHeight) return crop(plane, box, workspace);
  const columns = tapsOf(sourceWidth, width);
  const narrowed = workspace.float32(sourceHeight * width);
  for (let y = 0; y < sourceHeight; y++) {
    const start = (box.top + y) * plane.width + box.left;
    const source = { values: plane.values, start, stride: 1 };
    filterLine(columns, source, { values: narrowed, start: y * width, stride: 1 });
  }
  const rows = tapsOf(sourceHeight, height);
  const values = workspace.float32(width * height);
  for (let x = 0; x < width; x++) {
    const source = { values: narrowed, start: x, stride: width };
    filterLine(rows, source, { values, start: x, stride: width });
  }
  return { width, height, values };
}

/** A row or column of a plane. */
interface Line {
  readonly values: Float32Array;
  readonly start: number;
  readonly stride: number;
}

function filterLine(taps: FilterTaps, source: Line, target: Line): void {
  const { first, count, weights, maxTaps } = taps;
  let to = target.start;
  for (let pixel = 0; pixel < count.length; pixel++) {
    const w = pixel * maxTaps;
    let from = source.start + first[pixel]! * source.stride;
    let sum = 0;
    for (let i = 0; i < count[pixel]!; i++) {
      sum += weights[w + i]! * source.values[from]!;
      from += source.stride;
    }
    target.values[to] = sum;
    to += target.stride;
  }
}

/** Longer lines take longer to filter than their taps to compute. */
const maxCachedLength = 64;
const maxCachedTaps = 512;

const cachedTaps = new Map<number, FilterTaps>();

function tapsOf(sourceLength: number, targetLength: number): FilterTaps {
  if (Math.max(sourceLength, targetLength) > maxCachedLength) {
    return createTaps(sourceLength, targetLength);
  }
  const key = sourceLength * (maxCachedLength + 1) + targetLength;
  let taps = cachedTaps.get(key);
  if (taps === undefined) {
    taps = createTaps(sourceLength, targetLength);
    if (cachedTaps.size === maxCachedTaps) cachedTaps.clear();
    cachedTaps.set(key, taps);
  }
  return taps;
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
