// Converts gestures to a JSON document and back. Every field of a document that is read is validated.

import { CanvasError } from './canvas-error.ts';
import type { Gesture, TimedPoint } from './gesture.ts';
import { canvasPixelCount, canvasSide, fullInk } from './raster.ts';

/** Identifies the format and its version. */
const fileFormat = 'digits-gestures/1';

/** Limits that no hand-drawn document reaches; larger ones are rejected. */
const maxGestures = 10_000;
const maxPointsPerStroke = 100_000;

/**
 * Of all gestures together, a picture as its pixels: a mouse that reports 200 times a second needs eight
 * minutes without a pause.
 */
const maxPoints = 100_000;

/** @returns a value for JSON.stringify; the file format names a gesture's `type` `kind` */
export function gesturesToJson(gestures: readonly Gesture[]): unknown {
  return {
    format: fileFormat,
    gestures: gestures.map(({ type, ...rest }) => ({ kind: type, ...rest })),
  };
}

/**
 * Validates a parsed JSON document and returns its gestures.
 *
 * @throws CanvasError `invalid-gestures` for anything but a document of `gesturesToJson`
 */
export function gesturesFromJson(document: unknown): Gesture[] {
  const { format, gestures } = recordOf(document);
  if (format !== fileFormat || !Array.isArray(gestures) || gestures.length > maxGestures) {
    throw invalid(`a document with format "${fileFormat}" and its gestures`);
  }
  const read = gestures.map(gestureOf);
  if (read.reduce((sum, gesture) => sum + pointsOf(gesture), 0) > maxPoints) {
    throw invalid(`at most ${maxPoints} points`);
  }
  return read;
}

function pointsOf(gesture: Gesture): number {
  if (gesture.type === 'stroke') return gesture.points.length;
  return gesture.type === 'picture' ? gesture.pixels.length : 0;
}

function gestureOf(value: unknown): Gesture {
  const { kind: type, tool, radius, points, dx, dy, pixels } = recordOf(value);
  switch (type) {
    case 'stroke':
      if ((tool === 'pen' || tool === 'eraser') && isRadius(radius) && isPath(points)) {
        return { type, tool, radius, points };
      }
      break;
    case 'shift':
      if (isShift(dx) && isShift(dy)) return { type, dx, dy };
      break;
    case 'inversion':
      return { type };
    case 'picture':
      if (isRaster(pixels)) return { type, pixels };
      break;
  }
  throw invalid('a stroke, a shift, an inversion or a picture');
}

function isRadius(value: unknown): value is number {
  return typeof value === 'number' && value > 0 && value <= canvasSide;
}

function isShift(value: unknown): value is number {
  return Number.isInteger(value) && Math.abs(value as number) <= canvasSide;
}

function isPath(value: unknown): value is readonly TimedPoint[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.length <= maxPointsPerStroke &&
    value.every(point => Array.isArray(point) && point.length === 3 && point.every(isCoordinate))
  );
}

/** The third coordinate is a time in milliseconds, which may far exceed the limit of x and y. */
function isCoordinate(value: unknown, index: number): boolean {
  const limit = index === 2 ? Number.MAX_SAFE_INTEGER : 1e6;
  return typeof value === 'number' && Math.abs(value) <= limit;
}

function isRaster(value: unknown): value is readonly number[] {
  const isInk = (ink: unknown) =>
    Number.isInteger(ink) && 0 <= Number(ink) && Number(ink) <= fullInk;
  return Array.isArray(value) && value.length === canvasPixelCount && value.every(isInk);
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function invalid(expected: string): CanvasError {
  return new CanvasError('invalid-gestures', `Invalid gestures: expected ${expected}.`);
}
