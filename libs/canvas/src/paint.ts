// Painting and erasing: one segment of the brush's path laid on a raster.
// Ink is blended by max and taken away by min, so painting only ever adds, erasing only ever takes,
// and where segments overlap nothing changes twice.

import { type Brush, defaultBrush, inkAtDistance } from './brush.ts';
import { checkPath, pixelsNear } from './pixel-reach.ts';
import { distanceToSegment, type Segment } from './point.ts';
import { canvasSide, fullInk, inkAt, type Raster } from './raster.ts';

/**
 * Paints the path from one point to another, or a dot if they are equal. A path may lead off the
 * surface; only what lies on it leaves ink.
 *
 * @returns a new raster, or the same object if the path changed no pixel. Never alters its input.
 * @throws CanvasError CANVAS_POINT for a coordinate that is not finite or is beyond ±1e6,
 *   CANVAS_RADIUS for a radius that no brush has.
 */
export function paintSegment(
  raster: Raster,
  segment: Segment,
  brush: Brush = defaultBrush,
): Raster {
  return alongSegment(raster, segment, brush, (before, ink) => Math.max(before, ink));
}

/**
 * Takes ink away along a path, with the same soft edge: what the brush covers fully is bare paper
 * afterwards, and beside it as much ink stays as the brush leaves uncovered.
 * @returns and @throws as paintSegment does.
 */
export function eraseSegment(
  raster: Raster,
  segment: Segment,
  brush: Brush = defaultBrush,
): Raster {
  return alongSegment(raster, segment, brush, (before, ink) => Math.min(before, fullInk - ink));
}

/** `blend` says what becomes of a pixel's ink where the brush lays some. */
function alongSegment(
  raster: Raster,
  segment: Segment,
  brush: Brush,
  blend: (before: number, ink: number) => number,
): Raster {
  checkPath(segment, brush);
  let changed: Uint8Array | undefined;
  for (const [x, y] of pixelsNear(segment, brush)) {
    const ink = inkAtDistance(brush, distanceToSegment([x + 0.5, y + 0.5], segment));
    const before = inkAt(raster, x, y);
    const after = blend(before, ink);
    if (after === before) continue;
    changed ??= new Uint8Array(raster);
    changed[y * canvasSide + x] = after;
  }
  return changed ?? raster;
}
