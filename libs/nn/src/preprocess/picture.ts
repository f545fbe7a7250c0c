// Pictures, planes and boxes: the data types of the preprocessing steps.

import { newArrays } from './workspace.ts';

/** A decoded picture, 8 bits a channel, row-major, channels interleaved. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** 1: grey; 2: grey and alpha (0 transparent … 255 opaque) */
  readonly channels: 1 | 2;
  /** [height, width, channels] */
  readonly data: Uint8Array;
}

/** One channel of float32 values: grey levels 0…255, or ink 0…1. */
export interface Plane {
  readonly width: number;
  readonly height: number;
  /** [height, width], row-major */
  readonly values: Float32Array;
}

/** A rectangle of pixels; right and bottom are exclusive. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Side of the network's input picture, in pixels: 28. */
export const inputSide = 28;

/** Number of values in the network's input: 784. */
export const networkInputs = inputSide * inputSide;

/**
 * Quantises ink to bytes: round(255 · ink). A quarter of the memory, and exact for MNIST.
 *
 * @param ink values in 0…1
 * @returns as many values in 0…255, a new array
 */
export function inkBytes(ink: Float32Array): Uint8Array {
  const bytes = new Uint8Array(ink.length);
  for (let i = 0; i < ink.length; i++) bytes[i] = Math.round(255 * ink[i]!);
  return bytes;
}

/** @returns the smallest box around every pixel above 0; undefined if there is none */
export function inkBounds({ width, values }: Plane): Box | undefined {
  let first = 0;
  while (first < values.length && values[first]! <= 0) first++;
  if (first === values.length) return undefined;
  let last = values.length - 1;
  while (values[last]! <= 0) last--;
  const top = Math.floor(first / width);
  const bottom = Math.floor(last / width) + 1;
  let left = width;
  let right = 0;
  for (let row = top * width; row < bottom * width; row += width) {
    // Only pixels outside the box so far can enlarge it.
    let x = 0;
    while (x < left && values[row + x]! <= 0) x++;
    left = x;
    x = width;
    while (x > right && values[row + x - 1]! <= 0) x--;
    right = x;
  }
  return { left, top, right, bottom };
}

/** @returns whether a whole row or column inside the box has no ink */
export function hasGap({ width, values }: Plane, { left, top, right, bottom }: Box): boolean {
  const isInked = new Uint8Array(right - left);
  for (let y = top; y < bottom; y++) {
    let inked = 0;
    for (let x = left; x < right; x++) {
      if (values[y * width + x]! <= 0) continue;
      isInked[x - left] = 1;
      inked++;
    }
    if (inked === 0) return true;
  }
  return isInked.includes(0);
}

/** @returns a copy of the part inside the box */
export function crop(
  { width, values }: Plane,
  { left, top, right, bottom }: Box,
  workspace = newArrays,
): Plane {
  const part = workspace.float32((right - left) * (bottom - top));
  let to = 0;
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) part[to++] = values[y * width + x]!;
  }
  return { width: right - left, height: bottom - top, values: part };
}
