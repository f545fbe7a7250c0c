// The drawing surface: 28×28 grey pixels, never changed in place.
// Painting is in paint.ts. Since a raster never changes, keeping one is a snapshot: an undo
// history is a list of rasters, and an answer belongs to a drawing when both hold the same object.

/** Pixels along each side of the square surface. */
export const canvasSide = 28;

/** All pixels of the surface: 784. */
export const canvasPixelCount = canvasSide * canvasSide;

/** The value of a fully inked pixel; bare paper is 0. */
export const fullInk = 255;

/**
 * 784 grey values, row-major from the top left corner, 0 (paper) … 255 (ink).
 * Owned by whoever holds it and never written again, so it may be shared without copying.
 */
export type Raster = Readonly<Uint8Array>;

/** @returns a raster of bare paper. */
export function blankRaster(): Raster {
  return new Uint8Array(canvasPixelCount);
}

/** @returns whether no pixel of the raster carries ink. */
export function isBlank(raster: Raster): boolean {
  return raster.every(ink => ink === 0);
}

/**
 * The ink of the pixel in column x and row y, both integers 0…27.
 * @returns 0…255, and 0 for a pixel that is not on the surface.
 */
export function inkAt(raster: Raster, x: number, y: number): number {
  if (x < 0 || x >= canvasSide || y < 0 || y >= canvasSide) return 0;
  return raster[y * canvasSide + x] ?? 0;
}
