// Rasterises strokes at any size with a round pen, like other drawing programs. The brush of the app's
// 28×28 canvas is in libs/canvas.

import type { Point } from '../../strokes.ts';
import type { Drawing } from '../strokes/transform.ts';

/** A round pen. */
export interface RoundPen {
  /** in pixels, above 0 */
  readonly radius: number;
  /** whether edges are grey (antialiased) */
  readonly isSoft: boolean;
}

/**
 * Rasterises a drawing with a round pen.
 *
 * @param drawing in pixels
 * @param side of the image, in pixels
 * @returns [side, side] ink 0…255
 */
export function rasterize(drawing: Drawing, side: number, pen: RoundPen): Uint8Array {
  const image = { ink: new Uint8Array(side * side), side };
  for (const stroke of drawing) {
    for (const [i, to] of stroke.entries()) drawSegment(image, stroke[i - 1] ?? to, to, pen);
  }
  return image.ink;
}

interface Image {
  /** [side, side] 0…255 */
  readonly ink: Uint8Array;
  readonly side: number;
}

/** Draws a segment: ink depends on the distance from it; overlapping segments are combined by max. */
function drawSegment({ ink, side }: Image, from: Point, to: Point, pen: RoundPen): void {
  const [x0, y0] = from;
  const [x1, y1] = to;
  const reach = pen.radius + 1;
  const clamp = (value: number) => Math.min(side - 1, Math.max(0, Math.floor(value)));
  const [dx, dy] = [x1 - x0, y1 - y0];
  const lengthSquared = dx * dx + dy * dy;
  for (let y = clamp(Math.min(y0, y1) - reach); y <= clamp(Math.max(y0, y1) + reach); y++) {
    for (let x = clamp(Math.min(x0, x1) - reach); x <= clamp(Math.max(x0, x1) + reach); x++) {
      const [px, py] = [x + 0.5 - x0, y + 0.5 - y0];
      const along =
        lengthSquared === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / lengthSquared));
      const value = inkAtDistance(pen, Math.hypot(px - along * dx, py - along * dy));
      if (value > ink[y * side + x]!) ink[y * side + x] = value;
    }
  }
}

function inkAtDistance({ radius, isSoft }: RoundPen, distance: number): number {
  if (!isSoft) return distance <= radius ? 255 : 0;
  return Math.round(255 * Math.min(1, Math.max(0, radius + 0.5 - distance)));
}

/** Rasterises a drawing with lines one pixel wide and without grey edges (Bresenham 1965). */
export function rasterizeThin(drawing: Drawing, side: number): Uint8Array {
  const image = { ink: new Uint8Array(side * side), side };
  for (const stroke of drawing) {
    for (const [i, to] of stroke.entries()) drawThinSegment(image, stroke[i - 1] ?? to, to);
  }
  return image.ink;
}

function drawThinSegment({ ink, side }: Image, from: Point, to: Point): void {
  let [x, y] = [Math.floor(from[0]), Math.floor(from[1])];
  const [endX, endY] = [Math.floor(to[0]), Math.floor(to[1])];
  const [dx, dy] = [Math.abs(endX - x), -Math.abs(endY - y)];
  let error = dx + dy;
  for (;;) {
    if (x >= 0 && y >= 0 && x < side && y < side) ink[y * side + x] = 255;
    if (x === endX && y === endY) return;
    const doubled = 2 * error;
    if (doubled >= dy) {
      error += dy;
      x += Math.sign(endX - x);
    }
    if (doubled <= dx) {
      error += dx;
      y += Math.sign(endY - y);
    }
  }
}
