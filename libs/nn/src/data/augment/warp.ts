// Image warping: an affine map followed by a displacement field, sampled bilinearly.

import { type DisplacementField, fieldSide } from './elastic-distortion.ts';
import type { PaddedImage } from './padded-image.ts';

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
 * @param target ink 0…1, [rows, columns] written from `at` on
 */
export function warpInto(target: Float32Array, at: number, image: PaddedImage, warp: Warp): void {
  const { rows, columns } = image;
  const { field, fieldX, xx, xy, yx, yy } = warp;
  const centreX = (columns - 1) / 2;
  const centreY = (rows - 1) / 2;
  for (let y = 0; y < rows; y++) {
    const fieldRow = ((warp.fieldY + y) & (fieldSide - 1)) * fieldSide;
    const v = y - centreY;
    // + 1 for the margin.
    const rowX = xy * v + centreX + warp.shiftX + 1;
    const rowY = yy * v + centreY + warp.shiftY + 1;
    for (let x = 0; x < columns; x++) {
      const u = x - centreX;
      let sourceX = xx * u + rowX;
      let sourceY = yx * u + rowY;
      if (field) {
        const from = fieldRow + ((fieldX + x) & (fieldSide - 1));
        sourceX += field.dx[from]!;
        sourceY += field.dy[from]!;
      }
      target[at + y * columns + x] = sample(image, sourceX, sourceY);
    }
  }
}

/**
 * Bilinear sample as ink 0…1; pixel (i, j) of the padded image lies at the point (i, j).
 * `sampleBilinear` is too slow here: this runs for every pixel of every training image.
 */
function sample({ rows, columns, values: padded }: PaddedImage, x: number, y: number): number {
  if (!(x >= 0 && x < columns + 1 && y >= 0 && y < rows + 1)) return 0;
  const stride = columns + 2;
  const left = x | 0;
  const top = y | 0;
  const i = top * stride + left;
  const a = padded[i]!;
  const b = padded[i + 1]!;
  const c = padded[i + stride]!;
  const d = padded[i + stride + 1]!;
  if ((a | b | c | d) === 0) return 0;
  const right = x - left;
  const below = y - top;
  const upper = a + (b - a) * right;
  const lower = c + (d - c) * right;
  const ink = upper + (lower - upper) * below;
  return ink < minInk ? 0 : ink / 255;
}
