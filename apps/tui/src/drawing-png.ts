// A drawing as a PNG file: 28×28, 8 bits of grey, light ink on dark paper as on the screen.

import { type Raster, SIDE } from '@digits/canvas';
import { encode } from 'fast-png';

/** @returns the bytes of a PNG file with the raster's own values. */
export function encodeDrawing(raster: Raster): Uint8Array {
  const data = new Uint8Array(raster);
  return encode({ width: SIDE, height: SIDE, data, depth: 8, channels: 1 });
}
