// Image warping: an affine map followed by a displacement field, sampled bilinearly.

import { inputSide } from '../../preprocess/picture.ts';
import { type DisplacementField, fieldSide } from './elastic-distortion.ts';
import { paddedSide } from './padded-image.ts';

const centre = (inputSide - 1) / 2;

/**
 * Ink below this value, in 0…255, is set to 0: interpolation blurs every edge by a pixel, and every
 * non-zero pixel costs time in the sparse forward pass.
 */
const minInk = 8;

/** Maps a target pixel to its source position. */
export interface Warp {
  readonly field: DisplacementField | null;
  /** origin of the image's window in the field */
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
 * Warps an image: target[at + i] = the source, sampled bilinearly at the source position of pixel i; 0
 * outside.
 *
 * @param padded ink 0…255, with its margin
 * @param target ink 0…1, [28, 28] written from `at` on
 */
export function warpInto(target: Float32Array, at: number, padded: Uint8Array, warp: Warp): void {
  const { field, fieldX, xx, xy, yx, yy } = warp;
  for (let y = 0; y < inputSide; y++) {
    const fieldRow = ((warp.fieldY + y) & (fieldSide - 1)) * fieldSide;
    const v = y - centre;
    // + 1 for the margin.
    const rowX = xy * v + centre + warp.shiftX + 1;
    const rowY = yy * v + centre + warp.shiftY + 1;
    for (let x = 0; x < inputSide; x++) {
      const u = x - centre;
      let sourceX = xx * u + rowX;
      let sourceY = yx * u + rowY;
      if (field) {
        const from = fieldRow + ((fieldX + x) & (fieldSide - 1));
        sourceX += field.dx[from]!;
        sourceY += field.dy[from]!;
      }
      target[at + y * inputSide + x] = sample(padded, sourceX, sourceY);
    }
  }
}

/**
 * Bilinear sample as ink 0…1; pixel (i, j) of the padded image lies at the point (i, j).
 * `sampleBilinear` is too slow here: this runs for every pixel of every training image.
 */
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
  return ink < minInk ? 0 : ink / 255;
}
