// A picture of 28×28 values of ink in half blocks, at its size or at half of it, where a pixel is the mean
// of 2×2.

import { canvasSide } from '@digits/canvas';
import type { DisplayStyle } from '../display-style.ts';
import { halfBlockRows } from './half-blocks.ts';
import { greyOf } from './pixels.ts';

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
  const at = (x: number, y: number) => ink[y * canvasSide + x] ?? 0;
  const inkOf = (x: number, y: number) =>
    scale === 1
      ? at(x, y)
      : (at(2 * x, 2 * y) +
          at(2 * x + 1, 2 * y) +
          at(2 * x, 2 * y + 1) +
          at(2 * x + 1, 2 * y + 1)) /
        4;
  const { columns, rows } = inkPictureSize(scale);
  const grid = {
    ...{ columns, rows: 2 * rows },
    colourAt: (x: number, y: number) => greyOf(inkOf(x, y), style),
    shadeAt: inkOf,
  };
  return halfBlockRows(grid, style);
}
