// The round soft brush: the ink of a pixel by its distance from the pen's path.

import { CanvasError } from './canvas-error.ts';
import { canvasSide, fullInk } from './raster.ts';

/** A round brush with a soft edge. */
export interface Brush {
  /** in pixels, above 0 and at most 28 */
  readonly radius: number;
}

/** In pixels: the canvas's side, so that the largest brush covers the whole canvas. */
const maxRadius = canvasSide;

/**
 * The default brush, chosen to match MNIST's strokes, which are 2 to 3 pixels thick with grey edges.
 * A path through the centres of a row of pixels inks that row fully and the adjacent rows to 0.7; a
 * path between two rows inks both fully and the adjacent rows to 0.2.
 *
 * The app's list of radii contains this one, and nn, which does not import the canvas, has it as
 * `appBrushRadius`; tests of both fail where they differ.
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
