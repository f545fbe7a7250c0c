// The round soft brush: how much ink a pixel takes at a given distance from the pen's path.

import { CanvasError } from './canvas-error.ts';
import { canvasSide, fullInk } from './raster.ts';

/** `radius` in pixels, above 0 and at most 28. */
export interface Brush {
  readonly radius: number;
}

/** A brush as wide as the surface is high paints everything; a wider one is a mistake. */
const maxRadius = canvasSide;

/**
 * The pen of a new drawing. MNIST's strokes are 2 to 3 pixels thick with grey edges. On a path
 * along a row of pixel centres this radius inks that row fully and the rows beside it by 0.7;
 * along the line between two rows, both fully and the next ones by 0.2.
 */
export const defaultBrush: Brush = { radius: 1.2 };

/**
 * Ink at a distance from the path, both in pixels: clamp(radius + ½ − distance, 0, 1) · 255.
 * The edge is one pixel wide: the share of a pixel that a straight edge there would cover.
 * @returns a rounded integer, 0…255.
 */
export function inkAtDistance(brush: Brush, distance: number): number {
  const coverage = Math.min(Math.max(brush.radius + 0.5 - distance, 0), 1);
  return Math.round(coverage * fullInk);
}

/** @throws CanvasError CANVAS_RADIUS if the radius is not a number above 0 and at most 28. */
export function checkBrush({ radius }: Brush): void {
  if (radius > 0 && radius <= maxRadius) return;
  throw new CanvasError(
    'CANVAS_RADIUS',
    `A brush needs a radius above 0 and at most ${maxRadius} pixels, not ${radius}.`,
  );
}
