// Any PNG, JPEG or WebP file → grey or grey and alpha, 8 bit. The only module that knows sharp, and
// loaded only where it is needed: with libvips it takes some 40 ms and 30 MB.

import type { Picture } from '@digits/nn';
import sharp, { type OutputInfo } from 'sharp';
import { Problem } from '../problem.ts';
import { toLuma } from './luma.ts';
import { pixelLimit } from './pixel-limit.ts';

// Only the loaders that are wanted: an SVG or a PDF never gets as far as its parser.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['VipsForeignLoadPng', 'VipsForeignLoadJpeg', 'VipsForeignLoadWebp'],
});
// Uploads differ from one another, so what libvips would keep of them is never asked for again.
sharp.cache(false);

/** Of a picture with all the pixels that are allowed it takes a second or two. */
const maxDecodeSeconds = 20;

/** Far more than the network's 28 pixels, and little enough for the steps after this one. */
const maxOutputSide = 512;

/**
 * Decodes a file, turns it the way its EXIF data says, and shrinks it to at most 512 pixels a side.
 * Of an animation the first frame counts.
 *
 * @throws Problem `too-many-pixels`, `unreadable-image` or `handler-timeout`
 */
export async function decodeWithSharp(bytes: Buffer, maxPixels: number): Promise<Picture> {
  const limit = pixelLimit(bytes, maxPixels);
  const { data, info } = await render(bytes, limit).catch(async cause => {
    throw await explainFailure(bytes, limit, cause);
  });
  return toGrey(data, info);
}

/** @returns RGB or RGBA, 8 bit. On a damaged file it fails, but not on what libvips only warns of. */
function render(bytes: Buffer, maxPixels: number) {
  return sharp(bytes, { limitInputPixels: maxPixels, failOn: 'error' })
    .autoOrient()
    .resize({
      width: maxOutputSide,
      height: maxOutputSide,
      fit: 'inside',
      withoutEnlargement: true,
    })
    .toColourspace('srgb')
    .raw()
    .timeout({ seconds: maxDecodeSeconds })
    .toBuffer({ resolveWithObject: true });
}

/** sharp gives no codes, so the header is read once more to tell too large from unreadable. */
async function explainFailure(bytes: Buffer, maxPixels: number, cause: unknown): Promise<Problem> {
  const header = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch(() => null);
  if (header && header.width * header.height > maxPixels) {
    const size = `${header.width} × ${header.height}`;
    return new Problem(
      'too-many-pixels',
      `The picture is ${size} pixels; send one of at most ${maxPixels} in all.`,
    );
  }
  if (cause instanceof Error && cause.message.startsWith('timeout')) {
    return new Problem('handler-timeout', 'The picture took too long to decode.', { cause });
  }
  return new Problem('unreadable-image', 'The file ends too early or is corrupt.', { cause });
}

/** sharp's own grey would lose the alpha channel on the way out. */
function toGrey(data: Buffer, { width, height, channels }: OutputInfo): Picture {
  return { width, height, ...toLuma(data, channels as 3 | 4) };
}
