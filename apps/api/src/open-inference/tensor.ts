// The model's one input tensor: its shapes, its values, and its conversion from JSON.

import { networkInputs } from '@digits/nn';
import { Problem } from '../problem.ts';

export const maxImages = 4096;

export const maxTensorValues = maxImages * networkInputs;

const side = 28;
const imageShapes = [[networkInputs], [side, side], [1, side, side]];

/** Arrays in the JSON of a tensor with `maxImages` images, nested [n, 1, 28, 28]. */
export const maxTensorArrays = 1 + maxImages * (2 + side);

/**
 * The number of images in a tensor of this shape.
 *
 * @throws Problem `bad-tensor` or `too-many-images`
 */
export function countImages(shape: readonly number[]): number {
  const [count = 0, ...image] = shape;
  if (!imageShapes.some(known => isSame(known, image)) || count < 1) {
    throw badTensor(
      `the shape must be [n, 784], [n, 28, 28] or [n, 1, 28, 28] with n from 1, not [${shape.slice(0, 8)}]`,
    );
  }
  if (count > maxImages) {
    throw new Problem('too-many-images', `Send at most ${maxImages} images in a request.`);
  }
  return count;
}

/**
 * Converts the `data` of a JSON tensor, which is flat or nested as its shape says.
 *
 * @param shape a shape that `countImages` accepts
 * @returns the values, row-major
 * @throws Problem `bad-tensor`
 */
export function toValues(data: unknown, shape: readonly number[]): Float32Array {
  const dimensions = dimensionsOf(data);
  const size = shape.reduce((product, length) => product * length, 1);
  const isFlat = dimensions.length === 1 && dimensions[0] === size;
  if (dimensions.length > 0 && !isFlat && !isSame(dimensions, shape)) {
    throw badTensor(`the data is [${dimensions}], the shape [${shape}]`);
  }
  const values = new Float32Array(size);
  if (dimensions.length === 0 || !fill(values, data, dimensions, 0)) {
    throw badTensor('the data must be an array of numbers, flat or nested as the shape says');
  }
  return values;
}

/** The lengths from the outermost array in, by the first element of each. */
function dimensionsOf(data: unknown): number[] {
  const dimensions: number[] = [];
  let level: unknown = data;
  while (Array.isArray(level) && dimensions.length < 4) {
    dimensions.push(level.length);
    level = level[0];
  }
  return dimensions;
}

/** @returns whether the array has these dimensions and numbers only */
function fill(
  values: Float32Array,
  array: unknown,
  [length, ...inner]: readonly number[],
  start: number,
): boolean {
  if (!Array.isArray(array) || array.length !== length) return false;
  if (inner.length === 0) {
    for (let i = 0; i < length; i++) {
      const value: unknown = array[i];
      if (typeof value !== 'number') return false;
      values[start + i] = value;
    }
    return true;
  }
  const stride = inner.reduce((product, size) => product * size, 1);
  return array.every((part, i) => fill(values, part, inner, start + i * stride));
}

/**
 * Checks that all values are in 0…1. Other ranges, such as 0…255 or a subtracted mean, would give
 * plausible but wrong answers, so nothing is clamped.
 *
 * @throws Problem `bad-tensor`
 */
export function checkValues(values: Float32Array): void {
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    // Negated, so that NaN fails too.
    if (!(value >= 0 && value <= 1)) {
      throw badTensor(`the values are ink from 0 to 1, but number ${i} is ${value}`);
    }
  }
}

function isSame(one: readonly number[], other: readonly number[]): boolean {
  return one.length === other.length && one.every((length, i) => length === other[i]);
}

export function badTensor(what: string): Problem {
  return new Problem('bad-tensor', `The input cannot be used: ${what}.`);
}
