// Thicker and thinner strokes: grey dilation and erosion by a part of a pixel.

import { paddedSide, side } from './padded-image.ts';

/**
 * Moves every pixel the given share of the way to the largest (share > 0) or smallest (share < 0)
 * of itself and its four neighbours.
 *
 * @param target padded picture, its inside overwritten; not the source
 * @param source padded picture, ink 0…255
 * @param share −1…1
 */
export function changeThickness(target: Uint8Array, source: Uint8Array, share: number): void {
  const thicker = share > 0;
  const amount = Math.abs(share);
  for (let y = 1; y <= side; y++) {
    const start = y * paddedSide + 1;
    for (let i = start; i < start + side; i++) {
      const here = source[i]!;
      const left = source[i - 1]!;
      const right = source[i + 1]!;
      const above = source[i - paddedSide]!;
      const below = source[i + paddedSide]!;
      // Most of a picture is empty, and stays so.
      if ((here | left | right | above | below) === 0) {
        target[i] = 0;
        continue;
      }
      const extreme = thicker
        ? Math.max(here, left, right, above, below)
        : Math.min(here, left, right, above, below);
      target[i] = here + amount * (extreme - here) + 0.5;
    }
  }
}
