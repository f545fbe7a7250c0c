// Placing a digit as MNIST's are placed.

import type { Plane } from './picture.ts';

/** The side of the network's picture, in pixels. */
export const inputSide = 28;

/** Values of the network's picture. */
export const networkInputs = inputSide * inputSide;

/**
 * MNIST's rule, read off its 70,000 images: the digit is moved by whole pixels until its centre of
 * mass, in pixel indices, lies in [13.5, 14.5) both ways.
 */
const target = inputSide / 2;

/** @returns [28, 28] with the digit's centre of mass in the middle, all of it inside */
export function placeByCentreOfMass({ width, height, values }: Plane): Float32Array {
  let mass = 0;
  let massX = 0;
  let massY = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const value = values[y * width + x]!;
      mass += value;
      massX += value * x;
      massY += value * y;
    }
  }
  const left = offset(massX / mass, width);
  const top = offset(massY / mass, height);
  const placed = new Float32Array(inputSide * inputSide);
  for (let y = 0; y < height; y++) {
    placed.set(values.subarray(y * width, (y + 1) * width), (top + y) * inputSide + left);
  }
  return placed;
}

function offset(centre: number, length: number): number {
  return Math.min(inputSide - length, Math.max(0, Math.ceil(target - centre - 0.5)));
}
