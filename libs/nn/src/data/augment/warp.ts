// One picture seen through a bent and turned window: an affine map and a field of displacements.

import { type DisplacementField, fieldSide } from './displacement-field.ts';
import { paddedSide, side } from './padded-image.ts';

const centre = (side - 1) / 2;

/**
 * Fainter ink is left out: interpolation smears every edge by a pixel, and each pixel that is not 0
 * costs a step of the first layer's multiplication.
 */
const faintestInk = 8;

/** Where the field's window starts, and the map from a target pixel to where its ink comes from. */
export interface Warp {
  readonly field: DisplacementField | null;
  readonly fieldX: number;
  readonly fieldY: number;
  /** source = (xx · x + xy · y, yx · x + yy · y) + shift, about the centre */
  readonly xx: number;
  readonly xy: number;
  readonly yx: number;
  readonly yy: number;
  readonly shiftX: number;
  readonly shiftY: number;
}

/**
 * target[at + i] = source at the place that pixel i comes from, bilinear between its four
 * neighbours, 0 outside.
 *
 * @param padded ink, 0…255, with its margin
 * @param target ink as 0…1, written from `at` on
 */
export function warpInto(target: Float32Array, at: number, padded: Uint8Array, warp: Warp): void {
  const { field, fieldX, xx, xy, yx, yy } = warp;
  for (let y = 0; y < side; y++) {
    const fieldRow = ((warp.fieldY + y) & (fieldSide - 1)) * fieldSide;
    const v = y - centre;
    // One more to the right and down, for the margin.
    const rowX = xy * v + centre + warp.shiftX + 1;
    const rowY = yy * v + centre + warp.shiftY + 1;
    for (let x = 0; x < side; x++) {
      const u = x - centre;
      let sourceX = xx * u + rowX;
      let sourceY = yx * u + rowY;
      if (field) {
        const from = fieldRow + ((fieldX + x) & (fieldSide - 1));
        sourceX += field.dx[from]!;
        sourceY += field.dy[from]!;
      }
      target[at + y * side + x] = sample(padded, sourceX, sourceY);
    }
  }
}

/** Bilinear, 0…1; the ink at pixel (i, j) of the padded picture stands at the point (i, j). */
function sample(padded: Uint8Array, x: number, y: number): number {
  if (!(x >= 0 && x < paddedSide - 1 && y >= 0 && y < paddedSide - 1)) return 0;
  const left = x | 0;
  const top = y | 0;
  const i = top * paddedSide + left;
  const a = padded[i]!;
  const b = padded[i + 1]!;
  const c = padded[i + paddedSide]!;
  const d = padded[i + paddedSide + 1]!;
  if ((a | b | c | d) === 0) return 0;
  const right = x - left;
  const below = y - top;
  const upper = a + (b - a) * right;
  const lower = c + (d - c) * right;
  const ink = upper + (lower - upper) * below;
  return ink < faintestInk ? 0 : ink / 255;
}
