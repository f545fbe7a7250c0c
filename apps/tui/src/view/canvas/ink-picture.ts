// A picture of 28×28 values of ink in half blocks, at its size or at half of it, where a pixel is the mean
// of 2×2.

import { canvasPixelCount, canvasSide } from '@digits/canvas';
import { pictureRows, reduced } from '@digits/screen';
import type { DisplayStyle } from '../display-style.ts';

/** Divides the width and the height of a picture. */
export type PictureScale = 1 | 2;

/** @returns the cells of a picture. */
export function inkPictureSize(scale: PictureScale): {
  readonly columns: number;
  readonly rows: number;
} {
  return { columns: canvasSide / scale, rows: canvasSide / scale / 2 };
}

/** @param ink 28×28 values of 0…255 in rows; missing ones are paper */
export function inkPictureRows(
  ink: ArrayLike<number>,
  scale: PictureScale,
  style: DisplayStyle,
): string[] {
  const values = Float32Array.from({ length: canvasPixelCount }, (_, i) => (ink[i] ?? 0) / 255);
  return pictureRows(reduced({ side: canvasSide, values, isInk: true }, scale), style);
}
