// Arbitraries for property tests: rasters, points on and beside the canvas, gestures, edits.

import fc from 'fast-check';
import {
  beginStroke,
  type CanvasDocument,
  clearDocument,
  continueStroke,
  drawingOfPicture,
  endStroke,
  invertDocument,
  loadDrawing,
  redoDocument,
  shiftDocument,
  undoDocument,
} from '../src/document.ts';
import type { Gesture, TimedPoint } from '../src/gesture.ts';
import type { Point, Segment } from '../src/point.ts';
import { canvasPixelCount, type Raster } from '../src/raster.ts';

export const rasters: fc.Arbitrary<Raster> = fc.uint8Array({
  minLength: canvasPixelCount,
  maxLength: canvasPixelCount,
});

const coordinates = fc.double({ min: -16, max: 44, noNaN: true });

/** Many lie beside the canvas. */
export const points: fc.Arbitrary<Point> = fc.tuple(coordinates, coordinates);

export const segments: fc.Arbitrary<Segment> = fc.tuple(points, points);

/** From thin to wider than the canvas, most of them as people use them. */
export const radii = fc.oneof(
  { weight: 3, arbitrary: fc.double({ min: 0.01, max: 4, noNaN: true }) },
  { weight: 1, arbitrary: fc.double({ min: 4, max: 28, noNaN: true }) },
);

const timedPoints: fc.Arbitrary<TimedPoint> = fc.tuple(coordinates, coordinates, fc.nat());
const tools = fc.constantFrom('pen' as const, 'eraser' as const);
const steps = fc.integer({ min: -28, max: 28 });

export const gestures: fc.Arbitrary<Gesture> = fc.oneof(
  fc.record({
    type: fc.constant('stroke' as const),
    tool: tools,
    radius: radii,
    points: fc.array(timedPoints, { minLength: 1, maxLength: 5 }),
  }),
  fc.record({ type: fc.constant('shift' as const), dx: steps, dy: steps }),
  fc.constant({ type: 'inversion' as const }),
  fc.record({ type: fc.constant('picture' as const), pixels: rasters.map(raster => [...raster]) }),
);

type Edit = (document: CanvasDocument) => CanvasDocument;

const strokeBegins: fc.Arbitrary<Edit> = fc
  .record({ tool: tools, radius: radii, at: timedPoints })
  .map(
    ({ at, ...tool }) =>
      document =>
        beginStroke(document, tool, at),
  );

/** Any operations on a document in any order, open strokes included. */
export const edits: fc.Arbitrary<readonly Edit[]> = fc.array(
  fc.oneof(
    strokeBegins,
    timedPoints.map(
      (to): Edit =>
        document =>
          continueStroke(document, to),
    ),
    fc.constantFrom<Edit>(endStroke, clearDocument, invertDocument, undoDocument, redoDocument),
    fc.tuple(steps, steps).map(
      ([dx, dy]): Edit =>
        document =>
          shiftDocument(document, dx, dy),
    ),
    rasters.map(
      (picture): Edit =>
        document =>
          loadDrawing(document, drawingOfPicture(picture)),
    ),
  ),
  { maxLength: 20 },
);
