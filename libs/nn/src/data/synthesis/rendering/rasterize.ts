// Putting strokes on paper of any size with any pen: what other drawing programs make of them, and
// cameras. The brush of the app's own 28×28 grid is libs/canvas's.

import type { Drawing } from '../strokes/transform.ts';

export interface Pen {
  /** of the line, in pixels, above 0 */
  readonly radius: number;
  /** grey edges, as a smoothing program makes them, or none */
  readonly isSoft: boolean;
}

/**
 * @param side of the paper, in pixels, which are the drawing's units
 * @returns [side, side] ink 0…255
 */
export function rasterize(drawing: Drawing, side: number, { radius, isSoft }: Pen): Uint8Array {
  const ink = new Uint8Array(side * side);
  const coverage = (distance: number) => {
    if (!isSoft) return distance <= radius ? 255 : 0;
    return Math.round(255 * Math.min(1, Math.max(0, radius + 0.5 - distance)));
  };
  for (const stroke of drawing) {
    for (const [i, to] of stroke.entries()) {
      const from = stroke[i - 1] ?? to;
      paintSegment(ink, side, [...from, ...to], radius + 1, coverage);
    }
  }
  return ink;
}

function paintSegment(
  ink: Uint8Array,
  side: number,
  [x0, y0, x1, y1]: readonly [number, number, number, number],
  reach: number,
  coverage: (distance: number) => number,
): void {
  const clamp = (value: number) => Math.min(side - 1, Math.max(0, Math.floor(value)));
  const [dx, dy] = [x1 - x0, y1 - y0];
  const length = dx * dx + dy * dy;
  for (let y = clamp(Math.min(y0, y1) - reach); y <= clamp(Math.max(y0, y1) + reach); y++) {
    for (let x = clamp(Math.min(x0, x1) - reach); x <= clamp(Math.max(x0, x1) + reach); x++) {
      const [px, py] = [x + 0.5 - x0, y + 0.5 - y0];
      const along = length === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / length));
      const value = coverage(Math.hypot(px - along * dx, py - along * dy));
      if (value > ink[y * side + x]!) ink[y * side + x] = value;
    }
  }
}

/** Lines of one pixel without grey, by Bresenham's algorithm: the thinnest pen of any program. */
export function rasterizeThin(drawing: Drawing, side: number): Uint8Array {
  const ink = new Uint8Array(side * side);
  for (const stroke of drawing) {
    for (const [i, to] of stroke.entries()) {
      const from = stroke[i - 1] ?? to;
      paintThinSegment(ink, side, from.map(Math.floor), to.map(Math.floor));
    }
  }
  return ink;
}

function paintThinSegment(
  ink: Uint8Array,
  side: number,
  [x0, y0]: readonly number[],
  [x1, y1]: readonly number[],
): void {
  let [x, y] = [x0!, y0!];
  const [dx, dy] = [Math.abs(x1! - x), -Math.abs(y1! - y)];
  let error = dx + dy;
  for (;;) {
    if (x >= 0 && y >= 0 && x < side && y < side) ink[y * side + x] = 255;
    if (x === x1 && y === y1) return;
    const doubled = 2 * error;
    if (doubled >= dy) {
      error += dy;
      x += Math.sign(x1! - x);
    }
    if (doubled <= dx) {
      error += dx;
      y += Math.sign(y1! - y);
    }
  }
}
