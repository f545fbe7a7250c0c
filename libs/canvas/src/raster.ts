// The canvas's pixels: an immutable raster of 28×28 grey values and operations on it. Because rasters
// are immutable, an undo history is a list of rasters, and identical objects mean identical drawings.

/** Pixels along each side of the square canvas. */
export const canvasSide = 28;

/** Number of pixels of the canvas: 784. */
export const canvasPixelCount = canvasSide * canvasSide;

/** The value of a fully inked pixel; bare paper is 0. */
export const fullInk = 255;

/**
 * [28, 28] grey values 0 (paper) … 255 (ink), row-major from the top left corner. Never modified after
 * its creation, so it can be shared without copying.
 */
export type Raster = Readonly<Uint8Array>;

/** @returns a raster of bare paper */
export function blankRaster(): Raster {
  return new Uint8Array(canvasPixelCount);
}

/** @returns whether no pixel has ink */
export function isBlank(raster: Raster): boolean {
  return raster.every(ink => ink === 0);
}

/**
 * Reads one pixel.
 *
 * @param x column, an integer
 * @param y row, an integer
 * @returns the pixel's ink 0…255; 0 for a pixel outside the canvas
 */
export function inkAt(raster: Raster, x: number, y: number): number {
  if (x < 0 || x >= canvasSide || y < 0 || y >= canvasSide) return 0;
  return raster[y * canvasSide + x] ?? 0;
}

/**
 * Translates by whole pixels: result(x, y) = raster(x − dx, y − dy), and 0 where that is outside.
 *
 * @returns a new raster
 */
export function shiftRaster(raster: Raster, dx: number, dy: number): Raster {
  return Uint8Array.from({ length: canvasPixelCount }, (_, index) =>
    inkAt(raster, (index % canvasSide) - dx, Math.floor(index / canvasSide) - dy),
  );
}

/** @returns a new raster with 255 − ink at every pixel */
export function invertRaster(raster: Raster): Raster {
  return Uint8Array.from(raster, ink => fullInk - ink);
}

/** @returns whether two rasters have the same ink at every pixel */
export function hasSameInk(one: Raster, other: Raster): boolean {
  return one.every((ink, index) => ink === other[index]);
}
