// What property tests draw from: rasters, points on and beside the surface, gestures, whole hands.

import fc from 'fast-check';
import {
  beginStroke,
  type CanvasDocument,
  clearDocument,
  continueStroke,
  endStroke,
  invertDocument,
  loadPicture,
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

/** Many lie beside the surface. */
export const points: fc.Arbitrary<Point> = fc.tuple(coordinates, coordinates);

export const segments: fc.Arbitrary<Segment> = fc.tuple(points, points);

/** From thin to wider than the surface, most of them as people use them. */
export const radii = fc.oneof(
  { weight: 3, arbitrary: fc.double({ min: 0.01, max: 4, noNaN: true }) },
  { weight: 1, arbitrary: fc.double({ min: 4, max: 28, noNaN: true }) },
);

const timedPoints: fc.Arbitrary<TimedPoint> = fc.tuple(coordinates, coordinates, fc.nat());
const tools = fc.constantFrom('pen' as const, 'eraser' as const);
const steps = fc.integer({ min: -28, max: 28 });

export const gestures: fc.Arbitrary<Gesture> = fc.oneof(
  fc.record({
    kind: fc.constant('stroke' as const),
    tool: tools,
    radius: radii,
    points: fc.array(timedPoints, { minLength: 1, maxLength: 5 }),
  }),
  fc.record({ kind: fc.constant('shift' as const), dx: steps, dy: steps }),
  fc.constant({ kind: 'inversion' as const }),
  fc.record({ kind: fc.constant('picture' as const), pixels: rasters.map(raster => [...raster]) }),
);

type Deed = (sheet: CanvasDocument) => CanvasDocument;

const strokeBegins: fc.Arbitrary<Deed> = fc
  .record({ tool: tools, radius: radii, at: timedPoints })
  .map(
    ({ at, ...tool }) =>
      sheet =>
        beginStroke(sheet, tool, at),
  );

/** Anything that can be done to a sheet, in any order, strokes left open included. */
export const deeds: fc.Arbitrary<readonly Deed[]> = fc.array(
  fc.oneof(
    strokeBegins,
    timedPoints.map(
      (to): Deed =>
        sheet =>
          continueStroke(sheet, to),
    ),
    fc.constantFrom<Deed>(endStroke, clearDocument, invertDocument, undoDocument, redoDocument),
    fc.tuple(steps, steps).map(
      ([dx, dy]): Deed =>
        sheet =>
          shiftDocument(sheet, dx, dy),
    ),
    rasters.map(
      (picture): Deed =>
        sheet =>
          loadPicture(sheet, picture),
    ),
  ),
  { maxLength: 20 },
);
