// The one input of the model: which shapes and values it may have.

import { networkInputs } from '@digits/nn';
import { Problem } from '../problem.ts';
import type { NumberArray } from './number-array.ts';

export const maxImages = 4096;

const side = 28;
const imageShapes = [[networkInputs], [side, side], [1, side, side]];

/**
 * How many images a tensor of this shape holds.
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

/** @throws Problem `bad-tensor` where nested arrays are not nested as the shape says, or flat */
export function checkNesting({ values, dimensions }: NumberArray, shape: readonly number[]): void {
  const size = shape.reduce((product, length) => product * length, 1);
  if (values.length === size && (isSame(dimensions, shape) || dimensions.length === 1)) return;
  throw badTensor(`the data is [${dimensions}], the shape [${shape}]`);
}

/**
 * Nothing is clamped: 0…255, or MNIST's mean taken off, would give answers that look like answers.
 *
 * @throws Problem `bad-tensor`
 */
export function checkValues(values: Float32Array): void {
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    // Written so that NaN fails, too.
    if (!(value >= 0 && value <= 1)) {
      throw badTensor(`the values are ink from 0 to 1, but number ${i} is ${value}`);
    }
  }
}

/** What JSON.parse made of `data`. @throws Problem `bad-tensor` */
export function toNumberArray(data: unknown): NumberArray {
  const dimensions: number[] = [];
  let level: unknown = data;
  while (Array.isArray(level) && dimensions.length < 4) {
    dimensions.push(level.length);
    level = level[0];
  }
  const flat = Array.isArray(data) ? data.flat(3) : [];
  const isNumeric = flat.length > 0 && flat.every(value => typeof value === 'number');
  if (!isNumeric || !isRectangular(data as unknown[], dimensions)) {
    throw badTensor('the data must be an array of numbers, flat or nested as the shape says');
  }
  return { values: Float32Array.from(flat), dimensions, end: 0 };
}

function isRectangular(array: readonly unknown[], [length, ...inner]: readonly number[]): boolean {
  if (array.length !== length) return false;
  return (
    inner.length === 0 || array.every(part => Array.isArray(part) && isRectangular(part, inner))
  );
}

function isSame(one: readonly number[], other: readonly number[]): boolean {
  return one.length === other.length && one.every((length, i) => length === other[i]);
}

export function badTensor(what: string): Problem {
  return new Problem('bad-tensor', `The input cannot be used: ${what}.`);
}
