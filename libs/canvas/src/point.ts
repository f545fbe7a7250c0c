// Points and segments in the plane of the surface, and the one distance painting needs.
// Continuous pixel units: (0, 0) is the top left corner of the top left pixel, x grows to the
// right, y downwards, and the centre of the pixel in column c and row r is (c + 0.5, r + 0.5).

/** [x, y] in pixel units. */
export type Point = readonly [x: number, y: number];

/** Two ends; equal ends make a dot. */
export type Segment = readonly [from: Point, to: Point];

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
