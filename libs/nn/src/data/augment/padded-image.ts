// 28×28 images with a margin of one empty pixel, so that loops need no bounds checks, and grey
// dilation and erosion of the strokes on them.

import { inputSide } from '../../preprocess/picture.ts';

/** Side of a padded image in pixels: 30. */
export const paddedSide = inputSide + 2;

/** @returns [30, 30] zeros */
export function createPaddedImage(): Uint8Array {
  return new Uint8Array(paddedSide * paddedSide);
}

/** Copies [28, 28] ink from source[from …] into the inside of a padded image; its margin does not change. */
export function padInto(target: Uint8Array, source: Uint8Array, from = 0): void {
  for (let y = 0; y < inputSide; y++) {
    const row = (y + 1) * paddedSide + 1;
    for (let x = 0; x < inputSide; x++) target[row + x] = source[from + y * inputSide + x]!;
  }
}

/**
 * Moves every pixel towards the maximum (amount > 0, dilation) or minimum (amount < 0, erosion) of
 * itself and its four neighbours: result = here + |amount| · (extreme − here).
 *
 * @param target padded image, its inside overwritten; not the source
 * @param source padded image, ink 0…255
 * @param amount −1…1
 */
export function changeThickness(target: Uint8Array, source: Uint8Array, amount: number): void {
  const isDilation = amount > 0;
  const weight = Math.abs(amount);
  for (let y = 1; y <= inputSide; y++) {
    const start = y * paddedSide + 1;
    for (let i = start; i < start + inputSide; i++) {
      const here = source[i]!;
      const left = source[i - 1]!;
      const right = source[i + 1]!;
      const above = source[i - paddedSide]!;
      const below = source[i + paddedSide]!;
      // Fast path: most of an image is empty and remains empty.
      if ((here | left | right | above | below) === 0) {
        target[i] = 0;
        continue;
      }
      const extreme = isDilation
        ? Math.max(here, left, right, above, below)
        : Math.min(here, left, right, above, below);
      target[i] = here + weight * (extreme - here) + 0.5;
    }
  }
}
