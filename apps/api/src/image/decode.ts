// Any PNG, JPEG or WebP file → grey or grey and alpha, 8 bit: the quick way where a file is small
// and plain, libvips for the rest.

import type { Picture } from '@digits/nn';
import { Problem } from '../problem.ts';
import { isPng, isSupportedImage } from './format.ts';
import { decodeSmallPng } from './small-png.ts';

/**
 * Decodes a file, turns it the way its EXIF data says, and shrinks it to at most 512 pixels a side.
 * Of an animation the first frame counts. A small plain PNG is there at once, without a promise.
 *
 * @throws Problem `not-an-image`, `too-many-pixels` or `unreadable-image`
 */
export function decodePicture(bytes: Buffer, maxPixels: number): Picture | Promise<Picture> {
  if (!isSupportedImage(bytes)) {
    throw new Problem('not-an-image', 'Send a PNG, JPEG or WebP file; its content decides.');
  }
  const picture = isPng(bytes) ? decodeSmallPng(bytes, maxPixels) : null;
  return picture ?? decodeLarge(bytes, maxPixels);
}

async function decodeLarge(bytes: Buffer, maxPixels: number): Promise<Picture> {
  const { decodeWithSharp: decodeAnyPicture } = await import('./sharp-decoder.ts');
  return decodeAnyPicture(bytes, maxPixels);
}

/** Loads libvips before somebody waits for it. */
export async function warmUpDecoder(): Promise<void> {
  await import('./sharp-decoder.ts');
}
