// The round soft brush: the ink of a pixel by its distance from the pen's path.

import { CanvasError } from './canvas-error.ts';
import { canvasSide, fullInk } from './raster.ts';

export interface Brush {
  /** in pixels, above 0 and at most 28 */
  readonly radius: number;
}

/** In pixels; a brush of this radius covers the whole canvas. */
const maxRadius = canvasSide;

/**
 * The brush of a new drawing. MNIST's strokes are 2 to 3 pixels thick with grey edges. On a path
 * along a row of pixel centres this radius inks that row fully and the rows beside it by 0.7; along
 * the line between two rows, both fully and the next ones by 0.2.
 */
export const defaultBrush: Brush = { radius: 1.2 };

/**
 * clamp(radius + ½ − distance, 0, 1) · 255: the edge is one pixel wide, and its ink is the fraction
 * of a pixel that a straight edge there would cover.
 *
 * @param distance from the path, in pixels
 * @returns ink as a rounded integer, 0…255
 */
export function inkAtDistance(brush: Brush, distance: number): number {
  const coverage = Math.min(Math.max(brush.radius + 0.5 - distance, 0), 1);
  return Math.round(coverage * fullInk);
}

/** @throws CanvasError `invalid-radius` if the radius is not a number above 0 and at most 28 */
export function checkBrush({ radius }: Brush): void {
  if (radius > 0 && radius <= maxRadius) return;
  throw new CanvasError(
    'invalid-radius',
    `A brush needs a radius above 0 and at most ${maxRadius} pixels, not ${radius}.`,
  );
}
