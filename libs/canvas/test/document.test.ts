import test from 'ava';
import fc from 'fast-check';
import {
  beginStroke,
  blankDocument,
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
import { replayGestures, type TimedPoint } from '../src/gesture.ts';
import { canvasPixelCount, inkAt, isBlank, type Raster } from '../src/raster.ts';
import { drawStrokes } from '../src/strokes.ts';
import { deeds } from './arbitraries.ts';

const pen = { tool: 'pen', radius: 1.2 } as const;
const eraser = { tool: 'eraser', radius: 3 } as const;

const rasterOf = (sheet: CanvasDocument): Raster => sheet.history.present.raster;

/** A sheet with one whole stroke. */
function withStroke(sheet: CanvasDocument, ...points: readonly TimedPoint[]): CanvasDocument {
  const [first = [0, 0, 0], ...others] = points;
  return endStroke(others.reduce(continueStroke, beginStroke(sheet, pen, first)));
}

const slant = withStroke(blankDocument(), [3, 5, 100], [11, 7, 110], [23, 19, 130]);

test('whatever is done, the gestures draw the drawing again, and each pixel is a byte', t => {
  const property = fc.property(deeds, done => {
    const sheet = done.reduce((current, deed) => deed(current), blankDocument());
    const { raster, gestures } = sheet.history.present;
    t.is(raster.length, canvasPixelCount);
    t.true(raster.every(ink => Number.isInteger(ink) && ink >= 0 && ink <= 255));
    t.deepEqual(Uint8Array.from(replayGestures(gestures)), Uint8Array.from(raster));
  });
  fc.assert(property);
});

test('whatever is done, undo and then redo is the identity', t => {
  const property = fc.property(deeds, done => {
    const sheet = endStroke(done.reduce((current, deed) => deed(current), blankDocument()));
    if (sheet.history.past.length > 0) t.deepEqual(redoDocument(undoDocument(sheet)), sheet);
  });
  fc.assert(property);
});

test('a stroke is one gesture with its points and times, and one undo', t => {
  t.deepEqual(
    rasterOf(slant),
    drawStrokes([
      [
        [3, 5],
        [11, 7],
        [23, 19],
      ],
    ]),
  );
  t.deepEqual(slant.history.present.gestures, [
    {
      kind: 'stroke',
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

test('the eraser takes ink away, in a gesture of its own', t => {
  const sheet = endStroke(beginStroke(slant, eraser, [11, 7, 200]));
  t.is(inkAt(rasterOf(sheet), 11, 7), 0);
  t.deepEqual(undoDocument(sheet).history.present, slant.history.present);
});

test('a stroke that changes no pixel is nothing to undo', t => {
  const sheet = endStroke(
    continueStroke(beginStroke(blankDocument(), eraser, [3, 5, 0]), [7, 11, 9]),
  );
  t.deepEqual(sheet, blankDocument());
});

test('without a stroke, motion draws nothing', t => {
  t.is(continueStroke(slant, [3, 23, 0]), slant);
});

test('a stroke far longer than a hand makes goes on in a second one without a gap', t => {
  let sheet = beginStroke(blankDocument(), { tool: 'pen', radius: 0.7 }, [0.5, 0.5, 0]);
  for (let sample = 1; sample <= 2500; sample++) {
    sheet = continueStroke(sheet, [27 * (sample / 2500) + 0.5, 13.5, sample]);
  }
  t.is(sheet.history.present.gestures.length, 2);
  for (let x = 1; x < 28; x++) t.is(inkAt(rasterOf(sheet), x, 13), 255);
});

test('clearing is undone like any other gesture, and a blank sheet has nothing to clear', t => {
  const cleared = clearDocument(slant);
  t.true(isBlank(rasterOf(cleared)));
  t.deepEqual(cleared.history.present.gestures, []);
  t.is(undoDocument(cleared).history.present, slant.history.present);
  t.is(clearDocument(blankDocument()).history.past.length, 0);
});

test('shifting and inverting are gestures', t => {
  const sheet = invertDocument(shiftDocument(slant, 2, -3));
  t.deepEqual(sheet.history.present.gestures.slice(1), [
    { kind: 'shift', dx: 2, dy: -3 },
    { kind: 'inversion' },
  ]);
  t.is(undoDocument(undoDocument(sheet)).history.present, slant.history.present);
});

test('a picture takes the place of the drawing and of how it came about', t => {
  const picture = Uint8Array.from({ length: canvasPixelCount }, (_, index) => index % 256);
  const sheet = loadPicture(slant, picture);
  t.is(rasterOf(sheet), picture);
  t.deepEqual(sheet.history.present.gestures, [{ kind: 'picture', pixels: [...picture] }]);
});
