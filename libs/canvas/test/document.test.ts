import test from 'ava';
import fc from 'fast-check';
import {
  beginStroke,
  blankDocument,
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
import { replayGestures, type TimedPoint } from '../src/gesture.ts';
import { canvasPixelCount, inkAt, isBlank, type Raster } from '../src/raster.ts';
import { drawStrokes } from '../src/strokes.ts';
import { edits } from './arbitraries.ts';

const pen = { tool: 'pen', radius: 1.2 } as const;
const eraser = { tool: 'eraser', radius: 3 } as const;

const rasterOf = (document: CanvasDocument): Raster => document.history.present.raster;

/** A document with one whole stroke. */
function withStroke(document: CanvasDocument, ...points: readonly TimedPoint[]): CanvasDocument {
  const [first = [0, 0, 0], ...others] = points;
  return endStroke(others.reduce(continueStroke, beginStroke(document, pen, first)));
}

const slant = withStroke(blankDocument(), [3, 5, 100], [11, 7, 110], [23, 19, 130]);

test('after any edits, replaying the gestures gives the raster, and each pixel is a byte', t => {
  const property = fc.property(edits, done => {
    const document = done.reduce((current, edit) => edit(current), blankDocument());
    const { raster, gestures } = document.history.present;
    t.is(raster.length, canvasPixelCount);
    t.true(raster.every(ink => Number.isInteger(ink) && ink >= 0 && ink <= 255));
    t.deepEqual(Uint8Array.from(replayGestures(gestures)), Uint8Array.from(raster));
  });
  fc.assert(property);
});

test('after any edits, undo and then redo is the identity', t => {
  const property = fc.property(edits, done => {
    const document = endStroke(done.reduce((current, edit) => edit(current), blankDocument()));
    if (document.history.past.length > 0)
      t.deepEqual(redoDocument(undoDocument(document)), document);
  });
  fc.assert(property);
});

test('a stroke is one gesture with its points and times, and one undo', t => {
  t.deepEqual(
    rasterOf(slant),
    drawStrokes(
      [
        [
          [3, 5],
          [11, 7],
          [23, 19],
        ],
      ],
      pen,
    ),
  );
  t.deepEqual(slant.history.present.gestures, [
    {
      type: 'stroke',
      ...pen,
      points: [
        [3, 5, 100],
        [11, 7, 110],
        [23, 19, 130],
      ],
    },
  ]);
  t.true(isBlank(rasterOf(undoDocument(slant))));
});

test('the eraser removes ink, in a gesture of its own', t => {
  const document = endStroke(beginStroke(slant, eraser, [11, 7, 200]));
  t.is(inkAt(rasterOf(document), 11, 7), 0);
  t.deepEqual(undoDocument(document).history.present, slant.history.present);
});

test('a stroke that changes no pixel is nothing to undo', t => {
  const document = endStroke(
    continueStroke(beginStroke(blankDocument(), eraser, [3, 5, 0]), [7, 11, 9]),
  );
  t.deepEqual(document, blankDocument());
});

test('without a stroke in progress, motion draws nothing', t => {
  t.is(continueStroke(slant, [3, 23, 0]), slant);
});

test('a very long stroke continues in a second one without a gap', t => {
  let document = beginStroke(blankDocument(), { tool: 'pen', radius: 0.7 }, [0.5, 0.5, 0]);
  for (let sample = 1; sample <= 2500; sample++) {
    document = continueStroke(document, [27 * (sample / 2500) + 0.5, 13.5, sample]);
  }
  t.is(document.history.present.gestures.length, 2);
  for (let x = 1; x < 28; x++) t.is(inkAt(rasterOf(document), x, 13), 255);
});

test('clearing is undone like any other gesture, and a blank document has nothing to clear', t => {
  const cleared = clearDocument(slant);
  t.true(isBlank(rasterOf(cleared)));
  t.deepEqual(cleared.history.present.gestures, []);
  t.is(undoDocument(cleared).history.present, slant.history.present);
  t.is(clearDocument(blankDocument()).history.past.length, 0);
});

test('shifting and inverting are gestures', t => {
  const document = invertDocument(shiftDocument(slant, 2, -3));
  t.deepEqual(document.history.present.gestures.slice(1), [
    { type: 'shift', dx: 2, dy: -3 },
    { type: 'inversion' },
  ]);
  t.is(undoDocument(undoDocument(document)).history.present, slant.history.present);
});

test('a picture replaces the drawing and its gestures', t => {
  const picture = Uint8Array.from({ length: canvasPixelCount }, (_, index) => index % 256);
  const document = loadDrawing(slant, drawingOfPicture(picture));
  t.is(rasterOf(document), picture);
  t.deepEqual(document.history.present.gestures, [{ type: 'picture', pixels: [...picture] }]);
});
