// Painting and erasing one segment of the brush's path. Ink is combined by max and erased by min, so
// painting only adds ink, erasing only removes it, and painting the same segment again has no effect.

import { type Brush, checkBrush, defaultBrush, inkAtDistance } from './brush.ts';
import { checkSegment, distanceToSegment, pixelsNear, type Segment } from './point.ts';
import { canvasSide, fullInk, inkAt, type Raster } from './raster.ts';

/**
 * Paints the path from one point to another, or a dot if they are equal. Parts of the path outside
 * the canvas are ignored.
 *
 * @returns a new raster, or the same object if no pixel changed
 * @throws CanvasError `invalid-point` for a coordinate that is not finite or beyond ±1e6,
 * `invalid-radius` for a radius that is not above 0 and at most 28
 */
export function paintSegment(
  raster: Raster,
  segment: Segment,
  brush: Brush = defaultBrush,
): Raster {
  return alongSegment(raster, segment, brush, (before, ink) => Math.max(before, ink));
}

/**
 * Erases along a path with the same soft edge: each pixel keeps at most 255 minus the brush's ink
 * there. Returns and throws as `paintSegment`.
 */
export function eraseSegment(
  raster: Raster,
  segment: Segment,
  brush: Brush = defaultBrush,
): Raster {
  return alongSegment(raster, segment, brush, (before, ink) => Math.min(before, fullInk - ink));
}

/** @param blend combines a pixel's ink with the brush's ink there */
function alongSegment(
  raster: Raster,
  segment: Segment,
  brush: Brush,
  blend: (before: number, ink: number) => number,
): Raster {
  checkSegment(segment);
  checkBrush(brush);
  let changed: Uint8Array | undefined;
  for (const [x, y] of pixelsNear(segment, brush.radius + 0.5)) {
    const ink = inkAtDistance(brush, distanceToSegment([x + 0.5, y + 0.5], segment));
    const before = inkAt(raster, x, y);
    const after = blend(before, ink);
    if (after === before) continue;
    changed ??= new Uint8Array(raster);
    changed[y * canvasSide + x] = after;
  }
  return changed ?? raster;
}
