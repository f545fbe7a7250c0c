// Decodes a PNG, JPEG or WebP file to 8-bit grey, with alpha where there is any: small plain PNG
// files by our own decoder, all others by libvips.

import type { Picture } from '@digits/nn';
import { Problem } from '../problem.ts';
import { isPng, isSupportedImage } from './format.ts';
import { decodeSmallPng } from './small-png.ts';

/**
 * Decodes a file, applies its EXIF orientation, and shrinks it to at most 512 pixels a side. Of an
 * animation the first frame counts. A small plain PNG is returned directly, without a promise.
 *
 * @throws Problem `not-an-image`, `too-many-pixels` or `unreadable-image`
 */
export function decodePicture(bytes: Buffer, maxPixels: number): Picture | Promise<Picture> {
  if (!isSupportedImage(bytes)) {
    throw new Problem('not-an-image', 'Send a PNG, JPEG or WebP file; its content decides.');
  }
  const picture = isPng(bytes) ? decodeSmallPng(bytes, maxPixels) : undefined;
  return picture ?? decodeLarge(bytes, maxPixels);
}

async function decodeLarge(bytes: Buffer, maxPixels: number): Promise<Picture> {
  const { decodeWithSharp } = await import('./sharp-decoder.ts');
  return decodeWithSharp(bytes, maxPixels);
}

/** Loads libvips before the first picture needs it. */
export async function warmUpDecoder(): Promise<void> {
  await import('./sharp-decoder.ts');
}
