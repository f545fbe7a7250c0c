// Encodes a drawing as a PNG file, compressed as Node can.

import { deflateSync } from 'node:zlib';
import { encodePng, type Raster } from '@digits/canvas';

/** @returns the bytes of a PNG file with the values of the raster */
export function encodeDrawing(raster: Raster): Uint8Array {
  return encodePng(raster, deflateSync);
}
