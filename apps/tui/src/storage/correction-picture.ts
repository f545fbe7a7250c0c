// Decodes the picture of a correction: a drawing of this app by itself, anything else as the network's
// input, which the service computes.

import { canvasSide, fullInk, type Raster } from '@digits/canvas';
import { pngSize } from './png-size.ts';

/**
 * @param seenBy the network's input for a picture, 28×28 values of 0…1
 * @returns undefined for a picture that cannot be decoded
 */
export async function decodeCorrection(
  picture: Uint8Array,
  seenBy: (picture: Uint8Array) => Promise<readonly number[] | undefined>,
): Promise<Raster | undefined> {
  const bytes = Buffer.from(picture);
  const size = pngSize(bytes);
  if (size?.width === canvasSide && size.height === canvasSide) {
    const { rasterOfPng } = await import('./png-raster.ts');
    try {
      return rasterOfPng(bytes);
    } catch {
      return undefined;
    }
  }
  const seen = await seenBy(picture);
  return seen && Uint8Array.from(seen, ink => Math.round(fullInk * ink));
}
