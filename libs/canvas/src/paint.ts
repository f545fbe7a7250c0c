// Painting: one segment of the pen's path laid on a raster.
// Ink is blended by max, so painting only ever adds, and where segments overlap nothing darkens.

import { type Brush, checkBrush, DEFAULT_BRUSH, inkAtDistance } from './brush.ts';
import { CanvasError } from './canvas-error.ts';
import { distanceToSegment, type Point, type Segment } from './point.ts';
import { inkAt, type Raster, SIDE } from './raster.ts';

/** Far beyond any terminal, and small enough for its square to be exact. */
const MAX_COORDINATE = 1e6;

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
  brush: Brush = DEFAULT_BRUSH,
): Raster {
  segment.forEach(checkPoint);
  checkBrush(brush);
  const painted = new Uint8Array(raster);
  let isChanged = false;
  for (const [x, y] of pixelsNear(segment, brush)) {
    const ink = inkAtDistance(brush, distanceToSegment([x + 0.5, y + 0.5], segment));
    if (ink <= inkAt(raster, x, y)) continue;
    painted[y * SIDE + x] = ink;
    isChanged = true;
  }
  return isChanged ? painted : raster;
}

/** Columns and rows of the pixels that the brush can reach: the path's bounding box, widened. */
function* pixelsNear([[ax, ay], [bx, by]]: Segment, brush: Brush): Generator<Point> {
  const reach = brush.radius + 0.5;
  const [left, right] = pixelRange(Math.min(ax, bx) - reach, Math.max(ax, bx) + reach);
  const [top, bottom] = pixelRange(Math.min(ay, by) - reach, Math.max(ay, by) + reach);
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) yield [x, y];
  }
}

/** The pixels along one axis whose centres lie between two coordinates, kept on the surface. */
function pixelRange(low: number, high: number): [first: number, last: number] {
  return [Math.max(Math.ceil(low - 0.5), 0), Math.min(Math.floor(high - 0.5), SIDE - 1)];
}

function checkPoint([x, y]: Point): void {
  if (Math.abs(x) <= MAX_COORDINATE && Math.abs(y) <= MAX_COORDINATE) return;
  throw new CanvasError(
    'CANVAS_POINT',
    `A point needs finite coordinates between −1e6 and 1e6, not (${x}, ${y}).`,
  );
}
