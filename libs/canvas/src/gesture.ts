// Gestures: the changes that a user makes to a drawing, as plain JSON data. Replaying them reproduces
// the drawing.

import type { Brush } from './brush.ts';
import { eraseSegment, paintSegment } from './paint.ts';
import { blankRaster, invertRaster, type Raster, shiftRaster } from './raster.ts';

/** What a stroke does to the pixels under it: adds ink or removes it. */
export type Tool = 'pen' | 'eraser';

/** A tool with the radius of its brush in pixels. */
export interface ToolWithRadius extends Brush {
  readonly tool: Tool;
}

/** A position in pixel units and its time in milliseconds, relative to any fixed origin. */
export type TimedPoint = readonly [x: number, y: number, timeMs: number];

/** The path of a tool from pen down to pen up. */
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

/** Every pixel's ink replaced by 255 − ink. */
export interface InversionGesture {
  readonly type: 'inversion';
}

/** The drawing replaced by a picture. */
export interface PictureGesture {
  readonly type: 'picture';
  /** [28, 28] ink 0…255, row-major */
  readonly pixels: readonly number[];
}

/** One change of a drawing, and one step of undo. */
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

/**
 * Applies gestures to a blank raster, in order.
 *
 * @throws CanvasError as `paintSegment` does
 */
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
