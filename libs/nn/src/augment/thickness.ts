// Thicker and thinner strokes: grey dilation and erosion by a part of a pixel.
import { side } from './warp.ts';

/**
 * Moves every pixel the given share of the way to the largest (share > 0) or smallest (share < 0)
 * of itself and its four neighbours; outside there is no ink.
 *
 * @param target [28, 28] ink, 0…255, overwritten; not the source
 * @param share −1…1
 */
export function changeThickness(target: Uint8Array, source: Uint8Array, share: number): void {
  const thicker = share > 0;
  const amount = Math.abs(share);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const i = y * side + x;
      const here = source[i]!;
      const left = x > 0 ? source[i - 1]! : 0;
      const right = x < side - 1 ? source[i + 1]! : 0;
      const above = y > 0 ? source[i - side]! : 0;
      const below = y < side - 1 ? source[i + side]! : 0;
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
