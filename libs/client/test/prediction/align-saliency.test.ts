// The saliency of the network's input, laid over the drawing.

import { canvasPixelCount, canvasSide } from '@digits/canvas';
import test from 'ava';
import { alignSaliency } from '../../src/index.ts';

type Edges = readonly [left: number, top: number, right: number, bottom: number];

/** A box of ink, between pixel edges. */
function box(ink: number, [left, top, right, bottom]: Edges): number[] {
  return Array.from({ length: canvasPixelCount }, (_, index) => {
    const [x, y] = [index % canvasSide, Math.floor(index / canvasSide)];
    return x >= left && x < right && y >= top && y < bottom ? ink : 0;
  });
}

const at = (values: readonly number[] | undefined, x: number, y: number) =>
  values?.[y * canvasSide + x] ?? Number.NaN;

test('a drawing equal to the network input has its saliency in place', t => {
  const seen = box(1, [3, 5, 13, 16]);
  const saliency = Array<number>(canvasPixelCount).fill(0);
  saliency[7 * canvasSide + 5] = -4;
  saliency[9 * canvasSide + 11] = 2;
  const shown = alignSaliency(Uint8Array.from(box(255, [3, 5, 13, 16])), { seen, saliency });
  t.is(at(shown, 5, 7), -1);
  t.is(at(shown, 11, 9), 0.5);
  t.is(at(shown, 6, 7), 0);
});

test('the saliency of a moved drawing is moved back', t => {
  const seen = box(1, [9, 9, 19, 19]);
  const saliency = Array<number>(canvasPixelCount).fill(0);
  saliency[9 * canvasSide + 9] = 1;
  const shown = alignSaliency(Uint8Array.from(box(255, [2, 3, 12, 13])), { seen, saliency });
  t.is(at(shown, 2, 3), 1);
  t.is(at(shown, 9, 9), 0);
});

test('the saliency of an enlarged drawing is scaled back', t => {
  const seen = box(1, [4, 4, 24, 24]);
  const shown = alignSaliency(Uint8Array.from(box(255, [10, 10, 15, 15])), {
    seen,
    saliency: seen,
  });
  t.is(at(shown, 12, 12), 1);
  t.is(at(shown, 2, 2), 0);
});

test('without ink or without saliency there is no overlay', t => {
  const inked = box(1, [3, 5, 13, 16]);
  const blank = Array<number>(canvasPixelCount).fill(0);
  const raster = Uint8Array.from(inked);
  t.is(
    alignSaliency(new Uint8Array(canvasPixelCount), { seen: inked, saliency: inked }),
    undefined,
  );
  t.is(alignSaliency(raster, { seen: blank, saliency: inked }), undefined);
  t.is(alignSaliency(raster, { seen: inked, saliency: blank }), undefined);
});
