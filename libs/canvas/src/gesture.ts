// What a person did to a drawing, gesture by gesture: enough to draw it again, and for learning
// from how it was drawn. Plain data that JSON carries.

import type { Brush } from './brush.ts';
import { eraseSegment, paintSegment } from './paint.ts';
import { blankRaster, type Raster } from './raster.ts';
import { invertRaster, shiftRaster } from './transform.ts';

export type Tool = 'pen' | 'eraser';

/** A place in pixel units, and when it was reached, in milliseconds on any one clock. */
export type TimedPoint = readonly [x: number, y: number, timeMs: number];

/** The path of one tool from touching the surface to leaving it. */
export interface TimedStroke {
  readonly kind: 'stroke';
  readonly tool: Tool;
  readonly radius: number;
  readonly points: readonly TimedPoint[];
}

export type Gesture =
  | TimedStroke
  /** Moved by whole pixels. */
  | { readonly kind: 'shift'; readonly dx: number; readonly dy: number }
  | { readonly kind: 'inversion' }
  /** Replaced by a picture: 784 values of 0…255, row by row. */
  | { readonly kind: 'picture'; readonly pixels: readonly number[] };

/** @returns what a gesture makes of a raster; the same object if it changes nothing. */
export function applyGesture(raster: Raster, gesture: Gesture): Raster {
  switch (gesture.kind) {
    case 'stroke':
      return gesture.points.reduce(
        (drawn, point, index) =>
          applyTool(drawn, gesture, gesture.points[index - 1] ?? point, point),
        raster,
      );
    case 'shift':
      return shiftRaster(raster, gesture.dx, gesture.dy);
    case 'inversion':
      return invertRaster(raster);
    case 'picture':
      return Uint8Array.from(gesture.pixels);
  }
}

/** @returns the drawing that the gestures make of bare paper. */
export function replayGestures(gestures: readonly Gesture[]): Raster {
  return gestures.reduce(applyGesture, blankRaster());
}

/** One segment of a stroke with its tool. @throws CanvasError as paintSegment does. */
export function applyTool(
  raster: Raster,
  { tool, radius }: Brush & { readonly tool: Tool },
  [ax, ay]: TimedPoint,
  [bx, by]: TimedPoint,
): Raster {
  const lay = tool === 'pen' ? paintSegment : eraseSegment;
  return lay(
    raster,
    [
      [ax, ay],
      [bx, by],
    ],
    { radius },
  );
}
