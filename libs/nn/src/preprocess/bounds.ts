// Where the ink is.

import type { Plane } from './picture.ts';

/** A box of pixels, right and bottom exclusive. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The smallest box that holds every pixel above 0; null where there is none. */
export function inkBounds({ width, height, values }: Plane): Box | null {
  let left = width;
  let top = height;
  let right = 0;
  let bottom = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (values[y * width + x]! <= 0) continue;
      left = Math.min(left, x);
      right = Math.max(right, x + 1);
      top = Math.min(top, y);
      bottom = y + 1;
    }
  }
  return right === 0 ? null : { left, top, right, bottom };
}

/** Whether a whole row or column inside the box is without ink. */
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
