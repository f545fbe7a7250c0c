// Decodes a PNG, JPEG or WebP file to 8-bit grey, with alpha where there is any: small plain PNG
// files by our own decoder, all others by libvips, large ones within a limit on what is decoded at once.

import type { Picture } from '@digits/nn';
import { collectGarbageWhenIdle } from '../collect-garbage.ts';
import { Problem } from '../problem.ts';
import { WeightedSemaphore } from '../weighted-semaphore.ts';
import { checkWidth, equivalentPixels } from './decoding-cost.ts';
import { describeFormat } from './describe-format.ts';
import { isPng, isSupportedImage } from './format.ts';
import { decodeSmallPng } from './small-png.ts';

/** libvips takes some four megabytes at most, which its threads allow for. */
const maxUncountedPixels = 500_000;

/** What is decoded at once and waits, in thousandths of a picture with the maximum number of pixels. */
const wholePicture = 1000;
const maxWaitingPictures = 8;
const largePictures = new WeightedSemaphore({
  capacity: wholePicture,
  maxWaiting: maxWaitingPictures * wholePicture,
  onIdle: collectGarbageWhenIdle,
});

/**
 * Decodes a file, applies its EXIF orientation, and shrinks it to at most 512 pixels a side. Of an
 * animation the first frame counts. A small plain PNG is returned directly, without a promise.
 *
 * @throws Problem `not-an-image`, `too-many-pixels`, `unreadable-image`, or `overloaded` where too
 * many large pictures wait
 */
export function decodePicture(bytes: Buffer, maxPixels: number): Picture | Promise<Picture> {
  if (!isSupportedImage(bytes)) {
    const sent = describeFormat(bytes) ?? 'in another format';
    throw new Problem('not-an-image', `Send a PNG, JPEG or WebP file; this is ${sent}.`);
  }
  const picture = isPng(bytes) ? decodeSmallPng(bytes, maxPixels) : undefined;
  return picture ?? decodeLarge(bytes, maxPixels);
}

async function decodeLarge(bytes: Buffer, maxPixels: number): Promise<Picture> {
  checkWidth(bytes);
  const { decodeWithSharp } = await import('./sharp-decoder.ts');
  const pixels = equivalentPixels(bytes) ?? maxPixels;
  if (pixels <= maxUncountedPixels) return decodeWithSharp(bytes, maxPixels);
  const weight = Math.ceil((wholePicture * pixels) / maxPixels);
  return largePictures.run(weight, () => decodeWithSharp(bytes, maxPixels));
}

/** Loads libvips before the first picture needs it. */
export async function warmUpDecoder(): Promise<void> {
  await import('./sharp-decoder.ts');
}
