import { drawStrokes } from '@digits/canvas';
import test from 'ava';
import { decode } from 'fast-png';
import { encodeDrawing } from '../../src/storage/drawing-png.ts';

test('a drawing becomes a PNG of 28×28 grey pixels with the same values', t => {
  const raster = drawStrokes([
    [
      [3, 5],
      [23, 19],
    ],
  ]);
  const { width, height, channels, depth, data } = decode(encodeDrawing(raster));
  t.deepEqual({ width, height, channels, depth }, { width: 28, height: 28, channels: 1, depth: 8 });
  t.deepEqual(Uint8Array.from(data), Uint8Array.from(raster));
});
