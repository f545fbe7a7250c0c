// The two last steps, after MNIST's own preparation (LeCun, Bottou, Bengio and Haffner 1998, §III.A):
// the digit is fitted into 20×20 keeping its aspect ratio, and centred by mass in 28×28.

import { type Box, inputSide, type Plane } from './picture.ts';
import { resample } from './resample.ts';

/** The digit's longest side in the network's input, in pixels. */
export const fittedSide = 20;

/** The part of a plane inside a box. */
export interface Part {
  readonly plane: Plane;
  readonly box: Box;
}

/** Scales a part so that its longest side is `longestSide`; both sides get at least one pixel. */
export function fit({ plane, box }: Part, longestSide = fittedSide): Plane {
  const width = box.right - box.left;
  const height = box.bottom - box.top;
  const scale = longestSide / Math.max(width, height);
  return resample(
    plane,
    box,
    Math.max(1, Math.round(width * scale)),
    Math.max(1, Math.round(height * scale)),
  );
}

/**
 * MNIST's rule, read off its 70,000 images: the digit is moved by whole pixels until its centre of
 * mass, in pixel indices, lies in [13.5, 14.5) both ways.
 */
const target = inputSide / 2;

/** @returns [28, 28] with the digit's centre of mass in the middle, all of the digit inside */
export function centreByMass({ width, height, values }: Plane): Plane {
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
  const centred = new Float32Array(inputSide * inputSide);
  for (let y = 0; y < height; y++) {
    centred.set(values.subarray(y * width, (y + 1) * width), (top + y) * inputSide + left);
  }
  return { width: inputSide, height: inputSide, values: centred };
}

function offset(centre: number, length: number): number {
  return Math.min(inputSide - length, Math.max(0, Math.ceil(target - centre - 0.5)));
}
