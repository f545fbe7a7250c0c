// Decodes any PNG, JPEG or WebP file with sharp, and encodes PNG files. The only module that imports
// sharp, and loaded on first use: with libvips it takes some 40 ms and 30 MB.

import type { Picture } from '@digits/nn';
import sharp from 'sharp';
import { nextTurn } from '../next-turn.ts';
import { Problem } from '../problem.ts';
import { pixelLimit } from './decoding-cost.ts';
import { isPng } from './format.ts';
import { toGrey } from './grey.ts';

// Only these loaders are enabled: an SVG or a PDF never reaches its parser.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['VipsForeignLoadPng', 'VipsForeignLoadJpeg', 'VipsForeignLoadWebp'],
});
// Uploads differ from one another, so libvips' cache would never be hit.
sharp.cache(false);

/** A picture with the maximum number of pixels takes a second or two. */
const maxDecodeSeconds = 20;

/** Far more than the network's 28 pixels, and few enough for fast preprocessing. */
const maxOutputSide = 512;

/**
 * Decodes a file, applies its EXIF orientation, and shrinks it to at most 512 pixels a side. Of an
 * animation the first frame counts.
 *
 * @throws Problem `too-many-pixels`, `unreadable-image` or `handler-timeout`
 */
export async function decodeWithSharp(bytes: Buffer, maxPixels: number): Promise<Picture> {
  const limit = pixelLimit(bytes, maxPixels);
  const { data, info } = await render(bytes, limit).catch(async cause => {
    throw await explainFailure(bytes, limit, cause);
  });
  // Several pictures may be done in one turn; this and preprocessing take some ten milliseconds each.
  await nextTurn();
  const { width, height, channels } = info;
  const isDeep = data.length > width * height * channels;
  const pixels = isDeep
    ? toBytes(new Uint16Array(data.buffer, data.byteOffset, data.length / 2), channels)
    : data;
  return toGrey({ width, height, channels: channels as 3 | 4, pixels });
}

/** The bit depth of a PNG, in IHDR. */
const depthOffset = 24;

/**
 * RGB or RGBA, as sharp's own conversion to grey drops the alpha channel; 16 bits a channel for a PNG of
 * 16. Fails on libvips' errors, not on its warnings.
 */
function render(bytes: Buffer, maxPixels: number) {
  const isDeep = isPng(bytes) && bytes[depthOffset] === 16;
  return sharp(bytes, { limitInputPixels: maxPixels, failOn: 'error' })
    .autoOrient()
    .resize({
      width: maxOutputSide,
      height: maxOutputSide,
      fit: 'inside',
      withoutEnlargement: true,
    })
    .toColourspace(isDeep ? 'rgb16' : 'srgb')
    .raw({ depth: isDeep ? 'ushort' : 'uchar' })
    .timeout({ seconds: maxDecodeSeconds })
    .toBuffer({ resolveWithObject: true });
}

/**
 * Converts 16-bit values to 8 bits by the number of bits that they use: such files often hold values of 0
 * to 255 or of a 12-bit sensor, of which the upper bytes alone would be black. Alpha uses all 16.
 */
function toBytes(values: Uint16Array, channels: number): Uint8Array {
  const isAlpha = (i: number) => channels === 4 && i % 4 === 3;
  let highest = 255;
  for (let i = 0; i < values.length; i++) {
    if (values[i]! > highest && !isAlpha(i)) highest = values[i]!;
  }
  const excessBits = 24 - Math.clz32(highest);
  return Uint8Array.from(values, (value, i) => value >> (isAlpha(i) ? 8 : excessBits));
}

/** sharp has no error codes, so the header is read again to distinguish too large from unreadable. */
async function explainFailure(bytes: Buffer, maxPixels: number, cause: unknown): Promise<Problem> {
  const header = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch(() => undefined);
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

/** @returns a PNG file of grey pixels, with alpha if the picture has it */
export function encodePng({ width, height, channels, data }: Picture): Promise<Buffer> {
  return sharp(data, { raw: { width, height, channels } }).toColourspace('b-w').png().toBuffer();
}
