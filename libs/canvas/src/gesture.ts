// Gestures: each change that a person makes to a drawing, as plain data that JSON can hold. Replaying
// them draws the same drawing again.

import type { Brush } from './brush.ts';
import { eraseSegment, paintSegment } from './paint.ts';
import { blankRaster, invertRaster, type Raster, shiftRaster } from './raster.ts';

export type Tool = 'pen' | 'eraser';

/** A tool with the radius of its brush in pixels. */
export interface ToolWithRadius extends Brush {
  readonly tool: Tool;
}

/** A place in pixel units and the time it was reached, in milliseconds of any one clock. */
export type TimedPoint = readonly [x: number, y: number, timeMs: number];

/** The path of one tool from touching the canvas to leaving it. */
export interface StrokeGesture extends ToolWithRadius {
  readonly type: 'stroke';
  readonly points: readonly TimedPoint[];
}

/** A translation by whole pixels. */
export interface ShiftGesture {
  readonly type: 'shift';
  readonly dx: number;
  readonly dy: number;
}

export interface InversionGesture {
  readonly type: 'inversion';
}

/** The drawing replaced by a picture. */
export interface PictureGesture {
  readonly type: 'picture';
  /** [28, 28] ink 0…255, row-major */
  readonly pixels: readonly number[];
}

export type Gesture = StrokeGesture | ShiftGesture | InversionGesture | PictureGesture;

/** @returns the raster after a gesture; the same object if no pixel changed */
export function applyGesture(raster: Raster, gesture: Gesture): Raster {
  switch (gesture.type) {
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

/** @returns the drawing that the gestures make on bare paper */
export function replayGestures(gestures: readonly Gesture[]): Raster {
  return gestures.reduce(applyGesture, blankRaster());
}

/** Paints or erases one segment of a stroke. @throws CanvasError as `paintSegment` does */
export function applyTool(
  raster: Raster,
  { tool, radius }: ToolWithRadius,
  [fromX, fromY]: TimedPoint,
  [toX, toY]: TimedPoint,
): Raster {
  const apply = tool === 'pen' ? paintSegment : eraseSegment;
  return apply(
    raster,
    [
      [fromX, fromY],
      [toX, toY],
    ],
    { radius },
  );
}
