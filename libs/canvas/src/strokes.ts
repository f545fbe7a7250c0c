// Rasterises strokes with the brush of the canvas.

import { type Brush, defaultBrush } from './brush.ts';
import { paintSegment } from './paint.ts';
import type { Point } from './point.ts';
import { blankRaster, type Raster } from './raster.ts';

/** The pen's path from pen down to pen up; a single point is a dot. */
export type Stroke = readonly Point[];

/**
 * Scales strokes about the origin. Recorded strokes have coordinates relative to the side of the
 * writing box, so a factor of 28 converts them to pixel units.
 */
export function scaleStrokes(strokes: readonly Stroke[], factor: number): Stroke[] {
  return strokes.map(stroke => stroke.map(([x, y]): Point => [x * factor, y * factor]));
}

/**
 * Draws strokes on a blank raster. A stroke without points leaves no ink.
 *
 * @param strokes in pixel units
 * @throws CanvasError as `paintSegment` does
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
