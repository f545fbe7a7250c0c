// Which pixels a brush can reach from a segment, and the checks before any of them is touched.

import { type Brush, checkBrush } from './brush.ts';
import { CanvasError } from './canvas-error.ts';
import type { Point, Segment } from './point.ts';
import { canvasSide } from './raster.ts';

/** Far beyond any terminal, and small enough for its square to be exact. */
const maxCoordinate = 1e6;

/** @throws CanvasError CANVAS_POINT or CANVAS_RADIUS for what nothing can be painted with. */
export function checkPath(segment: Segment, brush: Brush): void {
  segment.forEach(checkPoint);
  checkBrush(brush);
}

/** Columns and rows of the pixels that the brush can reach: the path's bounding box, widened. */
export function* pixelsNear([[ax, ay], [bx, by]]: Segment, brush: Brush): Generator<Point> {
  const reach = brush.radius + 0.5;
  const [left, right] = pixelRange(Math.min(ax, bx) - reach, Math.max(ax, bx) + reach);
  const [top, bottom] = pixelRange(Math.min(ay, by) - reach, Math.max(ay, by) + reach);
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) yield [x, y];
  }
}

/** The pixels along one axis whose centres lie between two coordinates, kept on the surface. */
function pixelRange(low: number, high: number): [first: number, last: number] {
  return [Math.max(Math.ceil(low - 0.5), 0), Math.min(Math.floor(high - 0.5), canvasSide - 1)];
}

function checkPoint([x, y]: Point): void {
  if (Math.abs(x) <= maxCoordinate && Math.abs(y) <= maxCoordinate) return;
  throw new CanvasError(
    'CANVAS_POINT',
    `A point needs finite coordinates between −1e6 and 1e6, not (${x}, ${y}).`,
  );
}
