// What changes every pixel at once: shifting and inverting. New rasters; the input stays.

import { canvasPixelCount, canvasSide, fullInk, inkAt, type Raster } from './raster.ts';

/**
 * Moves the drawing by whole pixels: result(x, y) = raster(x − dx, y − dy). Bare paper comes in at
 * one side, and what leaves at the other is lost.
 */
export function shiftRaster(raster: Raster, dx: number, dy: number): Raster {
  return Uint8Array.from({ length: canvasPixelCount }, (_, index) =>
    inkAt(raster, (index % canvasSide) - dx, Math.floor(index / canvasSide) - dy),
  );
}

/** Ink becomes paper and paper ink: 255 − ink. */
export function invertRaster(raster: Raster): Raster {
  return Uint8Array.from(raster, ink => fullInk - ink);
}

/** @returns whether two rasters hold the same ink everywhere. */
export function isSameInk(one: Raster, other: Raster): boolean {
  return one.every((ink, index) => ink === other[index]);
}
