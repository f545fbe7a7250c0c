// Points and segments in continuous pixel units: (0, 0) is the top left corner of the top left pixel,
// x grows to the right, y downwards, and the pixel in column c and row r has its centre at
// (c + 0.5, r + 0.5).

import { CanvasError } from './canvas-error.ts';
import { canvasSide } from './raster.ts';

/** A point in pixel units. */
export type Point = readonly [x: number, y: number];

/** A segment between two ends; equal ends make a dot. */
export type Segment = readonly [from: Point, to: Point];

/** Far beyond any terminal, and small enough for its square to be exact. */
const maxCoordinate = 1e6;

/** @throws CanvasError `invalid-point` for a coordinate that is not finite or beyond ±1e6 */
export function checkSegment(segment: Segment): void {
  for (const [x, y] of segment) {
    if (Math.abs(x) <= maxCoordinate && Math.abs(y) <= maxCoordinate) continue;
    throw new CanvasError(
      'invalid-point',
      `A point needs finite coordinates between −1e6 and 1e6, not (${x}, ${y}).`,
    );
  }
}

/**
 * Distance from a point to the nearest point of a segment:
 * |p − (a + t·(b − a))| with t = clamp((p − a)·(b − a) / |b − a|², 0, 1).
 */
export function distanceToSegment([px, py]: Point, [[ax, ay], [bx, by]]: Segment): number {
  const dx = bx - ax;
  const dy = by - ay;
  const lengthSquared = dx * dx + dy * dy;
  const t = lengthSquared === 0 ? 0 : ((px - ax) * dx + (py - ay) * dy) / lengthSquared;
  const nearest = Math.min(Math.max(t, 0), 1);
  return Math.hypot(px - (ax + nearest * dx), py - (ay + nearest * dy));
}

/** Yields column and row of every pixel on the canvas within `reach` pixels of the segment's bounding box. */
export function* pixelsNear([[ax, ay], [bx, by]]: Segment, reach: number): Generator<Point> {
  const [left, right] = pixelRange(Math.min(ax, bx) - reach, Math.max(ax, bx) + reach);
  const [top, bottom] = pixelRange(Math.min(ay, by) - reach, Math.max(ay, by) + reach);
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) yield [x, y];
  }
}

/** The pixels along one axis whose centres lie between two coordinates, clipped to the canvas. */
function pixelRange(low: number, high: number): [first: number, last: number] {
  return [Math.max(Math.ceil(low - 0.5), 0), Math.min(Math.floor(high - 0.5), canvasSide - 1)];
}
