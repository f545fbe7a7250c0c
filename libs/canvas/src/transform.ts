// What changes every pixel at once: shifting and inverting. New rasters; the input stays.

import { FULL_INK, inkAt, PIXELS, type Raster, SIDE } from './raster.ts';

/**
 * Moves the drawing by whole pixels: result(x, y) = raster(x − dx, y − dy). Bare paper comes in at
 * one side, and what leaves at the other is lost.
 */
export function shiftRaster(raster: Raster, dx: number, dy: number): Raster {
  return Uint8Array.from({ length: PIXELS }, (_, index) =>
    inkAt(raster, (index % SIDE) - dx, Math.floor(index / SIDE) - dy),
  );
}

/** Ink becomes paper and paper ink: 255 − ink. */
export function invertRaster(raster: Raster): Raster {
  return Uint8Array.from(raster, ink => FULL_INK - ink);
}

/** @returns whether two rasters hold the same ink everywhere. */
export function isSameInk(one: Raster, other: Raster): boolean {
  return one.every((ink, index) => ink === other[index]);
}
