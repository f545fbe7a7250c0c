// Whole strokes to pixels: what a pen recorded, laid down with the very brush people paint with.

import { type Brush, defaultBrush } from './brush.ts';
import { paintSegment } from './paint.ts';
import type { Point } from './point.ts';
import { blankRaster, type Raster } from './raster.ts';

/** The pen's path from touching the surface to leaving it; one point is a dot. */
export type Stroke = readonly Point[];

/**
 * Enlarges strokes about the origin: recordings hold coordinates as shares of the writing box,
 * so a factor of 28 turns them into pixel units.
 */
export function scaleStrokes(strokes: readonly Stroke[], factor: number): Stroke[] {
  return strokes.map(stroke => stroke.map(([x, y]): Point => [x * factor, y * factor]));
}

/**
 * Draws strokes, in pixel units, on bare paper. A stroke without points leaves nothing.
 * @throws CanvasError as paintSegment does.
 */
export function drawStrokes(strokes: readonly Stroke[], brush: Brush = defaultBrush): Raster {
  return strokes.reduce((raster, stroke) => drawStroke(raster, stroke, brush), blankRaster());
}

function drawStroke(raster: Raster, stroke: Stroke, brush: Brush): Raster {
  return stroke.reduce(
    (drawn, point, index) => paintSegment(drawn, [stroke[index - 1] ?? point, point], brush),
    raster,
  );
}
