// Gestures as a JSON document, and back. What comes from a file is hostile until it is checked.

import { CanvasError } from './canvas-error.ts';
import type { Gesture, TimedPoint } from './gesture.ts';
import { canvasPixelCount, canvasSide, fullInk } from './raster.ts';

/** Names the form, so that a later one can be told from it. */
const fileFormat = 'digits-gestures/1';

/** Far more than a hand makes; a file with more is not one of ours. */
const maxGestures = 10_000;
const maxPointsAStroke = 100_000;

/** @returns a value that JSON.stringify writes whole. */
export function gesturesToJson(gestures: readonly Gesture[]): unknown {
  return { format: fileFormat, gestures };
}

/** @throws CanvasError CANVAS_GESTURES if that is no document of gesturesToJson. */
export function gesturesFromJson(document: unknown): Gesture[] {
  const { format, gestures } = recordOf(document);
  if (format !== fileFormat || !Array.isArray(gestures) || gestures.length > maxGestures) {
    throw malformed(`a document with format "${fileFormat}" and its gestures`);
  }
  return gestures.map(gestureOf);
}

function gestureOf(value: unknown): Gesture {
  const { kind, tool, radius, points, dx, dy, pixels } = recordOf(value);
  switch (kind) {
    case 'stroke':
      if ((tool === 'pen' || tool === 'eraser') && isRadius(radius) && isPath(points)) {
        return { kind, tool, radius, points };
      }
      break;
    case 'shift':
      if (isStep(dx) && isStep(dy)) return { kind, dx, dy };
      break;
    case 'inversion':
      return { kind };
    case 'picture':
      if (isPicture(pixels)) return { kind, pixels };
      break;
  }
  throw malformed('a stroke, a shift, an inversion or a picture');
}

function isRadius(value: unknown): value is number {
  return typeof value === 'number' && value > 0 && value <= canvasSide;
}

function isStep(value: unknown): value is number {
  return Number.isInteger(value) && Math.abs(value as number) <= canvasSide;
}

function isPath(value: unknown): value is readonly TimedPoint[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.length <= maxPointsAStroke &&
    value.every(point => Array.isArray(point) && point.length === 3 && point.every(isCoordinate))
  );
}

/** Within what painting takes; times of day in milliseconds are far above that. */
function isCoordinate(value: unknown, index: number): boolean {
  const limit = index === 2 ? Number.MAX_SAFE_INTEGER : 1e6;
  return typeof value === 'number' && Math.abs(value) <= limit;
}

function isPicture(value: unknown): value is readonly number[] {
  const isInk = (ink: unknown) =>
    Number.isInteger(ink) && 0 <= Number(ink) && Number(ink) <= fullInk;
  return Array.isArray(value) && value.length === canvasPixelCount && value.every(isInk);
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function malformed(expected: string): CanvasError {
  return new CanvasError(
    'CANVAS_GESTURES',
    `These are no recorded gestures: expected ${expected}.`,
  );
}
