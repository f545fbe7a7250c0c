// A grey picture of any size as a drawing: fitted into the surface whole, in its own proportions.
// It looks at neither what is drawn nor where: that belongs to the preprocessing of a model.

import { CanvasError } from './canvas-error.ts';
import { canvasPixelCount, canvasSide, fullInk, type Raster } from './raster.ts';

/** `data` has width × height values of 0 (black) … 255 (white), row by row. */
export interface GreyPicture {
  readonly width: number;
  readonly height: number;
  readonly data: ArrayLike<number>;
}

/**
 * Each pixel takes the mean of the part of the picture that it covers; beside a picture that is not
 * square it takes the tone of the picture's edge. A picture that is light at its edge is dark ink
 * on light paper and is inverted.
 * @throws CanvasError CANVAS_PICTURE if the size is not that of the data.
 */
export function rasterOfPicture(picture: GreyPicture): Raster {
  checkPicture(picture);
  const { width, height } = picture;
  const edge = meanEdge(picture);
  const scale = Math.max(width, height) / canvasSide;
  const [left, top] = [(width - scale * canvasSide) / 2, (height - scale * canvasSide) / 2];
  return Uint8Array.from({ length: canvasPixelCount }, (_, index) => {
    const x = left + (index % canvasSide) * scale;
    const y = top + Math.floor(index / canvasSide) * scale;
    const tone = meanOfArea(picture, { x, y, size: scale, beside: edge });
    return Math.round(edge > fullInk / 2 ? fullInk - tone : tone);
  });
}

interface Area {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly beside: number;
}

/** The mean over a square, weighing each pixel by how much of it lies inside. */
function meanOfArea({ width, height, data }: GreyPicture, { x, y, size, beside }: Area): number {
  let sum = 0;
  for (let row = Math.floor(y); row < y + size; row++) {
    const rowShare = overlap(row, y, size);
    for (let column = Math.floor(x); column < x + size; column++) {
      const isInside = row >= 0 && row < height && column >= 0 && column < width;
      const tone = isInside ? (data[row * width + column] ?? 0) : beside;
      sum += tone * rowShare * overlap(column, x, size);
    }
  }
  return Math.min(sum / size ** 2, fullInk);
}

/** How much of the pixel that begins at `pixel` lies between `start` and `start + size`. */
function overlap(pixel: number, start: number, size: number): number {
  return Math.max(Math.min(pixel + 1, start + size) - Math.max(pixel, start), 0);
}

function meanEdge({ width, height, data }: GreyPicture): number {
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
    'CANVAS_PICTURE',
    `A picture of ${width}×${height} pixels needs as many values, not ${data.length}.`,
  );
}
