// The last two steps, as in MNIST (LeCun, Bottou, Bengio and Haffner 1998, §III.A): the digit is scaled
// to fit 20×20, keeping its aspect ratio, and centred by mass in 28×28.

import { type Box, inputSide, type Plane } from './picture.ts';
import { resample } from './resample.ts';
import { newArrays } from './workspace.ts';

/** The digit's longest side in the network's input, in pixels. */
export const fittedSide = 20;

/** A plane and the box of the part that is used. */
export interface BoxedPlane {
  readonly plane: Plane;
  readonly box: Box;
}

/** Scales a part so that its longest side is `longestSide`; both sides are at least one pixel. */
export function fit(
  { plane, box }: BoxedPlane,
  longestSide = fittedSide,
  workspace = newArrays,
): Plane {
  const width = box.right - box.left;
  const height = box.bottom - box.top;
  const scale = longestSide / Math.max(width, height);
  const size = {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
  return resample(plane, box, size, workspace);
}

/**
 * MNIST's rule, derived from its 70,000 images: the digit is shifted by whole pixels so that its centre
 * of mass, in pixel indices, lies in [13.5, 14.5) in both directions.
 */
const target = inputSide / 2;

/**
 * Centres a fitted digit by mass.
 *
 * @returns [28, 28] with the centre of mass in the middle, or as near as the whole digit fits
 */
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
    const to = (top + y) * inputSide + left;
    for (let x = 0; x < width; x++) centred[to + x] = values[y * width + x]!;
  }
  return { width: inputSide, height: inputSide, values: centred };
}

function offset(centre: number, length: number): number {
  return Math.min(inputSide - length, Math.max(0, Math.ceil(target - centre - 0.5)));
}
