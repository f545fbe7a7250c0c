// Scaling a part of a plane to the size of MNIST's digits.

import type { Box } from './bounds.ts';
import type { Plane } from './picture.ts';
import { resample } from './resample.ts';

/** The longest side of a digit inside the network's picture. */
export const fittedSide = 20;

export interface Part {
  readonly plane: Plane;
  readonly box: Box;
}

/** The part inside the box, scaled so that its longest side is as wanted; at least a pixel. */
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
