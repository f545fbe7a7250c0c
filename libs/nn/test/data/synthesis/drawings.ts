// Drawings for these tests, in a box of 1 × 1, and the app's brush.

import { drawStrokes } from '@digits/canvas';
import type { Point } from '../../../src/data/strokes.ts';
import type { CanvasBrush } from '../../../src/data/synthesis/rendering/render.ts';
import type { Drawing } from '../../../src/data/synthesis/strokes/transform.ts';

export const brush: CanvasBrush = (drawing, radius) => drawStrokes(drawing, { radius });

export const zero: Drawing = [
  Array.from({ length: 37 }, (_, i): Point => {
    const angle = (i * Math.PI) / 18;
    return [0.5 + 0.24 * Math.sin(angle), 0.5 - 0.35 * Math.cos(angle)];
  }),
];

export const one: Drawing = [
  [
    [0.52, 0.13],
    [0.48, 0.87],
  ],
];

export const seven: Drawing = [
  [
    [0.25, 0.15],
    [0.75, 0.17],
    [0.45, 0.85],
  ],
];

/** How far a point lies from the nearest of a drawing's lines. */
export function distanceTo(drawing: Drawing, [px, py]: Point): number {
  const distances = drawing.flatMap(stroke =>
    stroke.map(([bx, by], i) => {
      const [ax, ay] = stroke[i - 1] ?? [bx, by];
      const [dx, dy] = [bx - ax, by - ay];
      const along = ((px - ax) * dx + (py - ay) * dy) / (dx * dx + dy * dy || 1);
      const fraction = Math.min(1, Math.max(0, along));
      return Math.hypot(px - ax - fraction * dx, py - ay - fraction * dy);
    }),
  );
  return Math.min(...distances);
}
