// Scales a grey picture of any size to the canvas, keeping its aspect ratio. It does not locate the
// digit; a model's preprocessing does that.

import { CanvasError } from './canvas-error.ts';
import { canvasPixelCount, canvasSide, fullInk, type Raster } from './raster.ts';

/** A decoded grey picture of any size. */
export interface GreyPicture {
  readonly width: number;
  readonly height: number;
  /** [height, width] 0 (black) … 255 (white), row-major */
  readonly data: ArrayLike<number>;
}

/**
 * Scales by area averaging: each pixel becomes the mean of the part of the picture that it covers.
 * Beside a picture that is not square, pixels get the mean of the picture's edge. A picture with a
 * light edge is treated as dark ink on light paper and inverted.
 *
 * @throws CanvasError `invalid-picture` if the data does not have width × height values
 */
export function rasterOfPicture(picture: GreyPicture): Raster {
  checkPicture(picture);
  const { width, height } = picture;
  const edge = meanOfEdge(picture);
  const scale = Math.max(width, height) / canvasSide;
  const [left, top] = [(width - scale * canvasSide) / 2, (height - scale * canvasSide) / 2];
  return Uint8Array.from({ length: canvasPixelCount }, (_, index) => {
    const x = left + (index % canvasSide) * scale;
    const y = top + Math.floor(index / canvasSide) * scale;
    const grey = meanOfSquare(picture, { x, y, side: scale, outside: edge });
    return Math.round(edge > fullInk / 2 ? fullInk - grey : grey);
  });
}

interface Square {
  readonly x: number;
  readonly y: number;
  readonly side: number;
  /** the grey level outside the picture */
  readonly outside: number;
}

/** The mean over a square, each pixel weighted by how much of it lies inside. */
function meanOfSquare(
  { width, height, data }: GreyPicture,
  { x, y, side, outside }: Square,
): number {
  let sum = 0;
  for (let row = Math.floor(y); row < y + side; row++) {
    const rowWeight = overlap(row, y, side);
    for (let column = Math.floor(x); column < x + side; column++) {
      const isInside = row >= 0 && row < height && column >= 0 && column < width;
      const grey = isInside ? (data[row * width + column] ?? 0) : outside;
      sum += grey * rowWeight * overlap(column, x, side);
    }
  }
  return Math.min(sum / side ** 2, fullInk);
}

/** Length of the part of the pixel from `pixel` to `pixel + 1` between `start` and `start + length`. */
function overlap(pixel: number, start: number, length: number): number {
  return Math.max(Math.min(pixel + 1, start + length) - Math.max(pixel, start), 0);
}

function meanOfEdge({ width, height, data }: GreyPicture): number {
  let sum = 0;
  let count = 0;
  for (let index = 0; index < width * height; index++) {
    const [column, row] = [index % width, Math.floor(index / width)];
    if (column > 0 && column < width - 1 && row > 0 && row < height - 1) continue;
    sum += data[index] ?? 0;
    count++;
  }
  return sum / count;
}

function checkPicture({ width, height, data }: GreyPicture): void {
  const isSize = (length: number) => Number.isInteger(length) && length > 0;
  if (isSize(width) && isSize(height) && data.length === width * height) return;
  throw new CanvasError(
    'invalid-picture',
    `A picture of ${width}×${height} pixels must have width × height values, not ${data.length}.`,
  );
}
