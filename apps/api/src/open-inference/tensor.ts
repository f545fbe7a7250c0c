// The model's one input tensor: its shapes, and its conversion from JSON. datatypes.ts has its values.

import { networkInputs } from '@digits/nn';
import { Problem } from '../problem.ts';

export const maxImages = 4096;

export const maxTensorValues = maxImages * networkInputs;

const side = 28;
const imageShapes = [[networkInputs], [side, side], [side, side, 1], [1, side, side]];

/** The shapes of the tensor, with -1 for the number of images. */
export const inputShapes = imageShapes.map(shape => [-1, ...shape]);

const shapesText = imageShapes.map(shape => `[n, ${shape.join(', ')}]`).join(', ');

/** Of a tensor [n, 1, 28, 28]. */
export const maxDimensions = 4;

/**
 * The number of images in a tensor of this shape.
 *
 * @throws Problem `bad-tensor` or `too-many-images`
 */
export function countImages(shape: readonly number[]): number {
  const [count = 0, ...image] = shape;
  if (!imageShapes.some(known => isSame(known, image)) || count < 1) {
    const sent = shape.slice(0, 8).join(', ');
    throw badTensor(`the shape must be one of ${shapesText} with n from 1, not [${sent}]`);
  }
  if (count > maxImages) throw tooManyImages();
  return count;
}

/**
 * Checks that the array is flat or nested as its shape says.
 *
 * @param dimensions the lengths of the array from the outermost in
 * @param shape a shape that `countImages` accepts
 * @throws Problem `bad-tensor`
 */
export function checkDimensions(dimensions: readonly number[], shape: readonly number[]): void {
  const size = shape.reduce((product, length) => product * length, 1);
  if (isSame(dimensions, [size]) || isSame(dimensions, shape)) return;
  throw badTensor(`the data is [${dimensions}], the shape [${shape}]`);
}

/** The lengths from an array in, by the first element of each; none for a number. */
export function lengthsOf(element: unknown): number[] {
  const lengths: number[] = [];
  let level: unknown = element;
  while (Array.isArray(level)) {
    lengths.push(level.length);
    level = level[0];
  }
  return lengths;
}

/**
 * Copies a nested array to `values` from `start` on.
 *
 * @returns whether the array has these dimensions and numbers only
 */
export function fill(
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

function isSame(one: readonly number[], other: readonly number[]): boolean {
  return one.length === other.length && one.every((length, i) => length === other[i]);
}

export function tooManyImages(): Problem {
  return new Problem('too-many-images', `Send at most ${maxImages} images in a request.`);
}

export function badTensor(what: string): Problem {
  return new Problem('bad-tensor', `The input cannot be used: ${what}.`);
}
