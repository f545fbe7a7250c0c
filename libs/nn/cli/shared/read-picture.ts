// Decodes a PNG, JPEG or WebP file to grey, with alpha if it has any. The only module of this package that
// imports sharp; load it dynamically, because libvips takes 40 ms to load.

import { readRegularFile } from '@digits/files';
import sharp from 'sharp';
import { NnError } from '../../src/errors.ts';
import type { Picture } from '../../src/preprocess/picture.ts';

/** The service's default limits. */
const maxPictureBytes = 10 * 1024 * 1024;
const maxPixels = 24_000_000;

/** Far more than the network's 28 pixels, and few enough for fast preprocessing; as in the service. */
const maxSide = 512;

const formats: ReadonlySet<string> = new Set(['png', 'jpeg', 'webp']);

/** ITU-R BT.601, section 2.5.1: red, green, blue. */
const luma = [0.299, 0.587, 0.114] as const;

/**
 * Reads a picture, applies its EXIF orientation, and shrinks it to at most 512 pixels a side.
 *
 * @throws NnError `invalid-options` for a file that cannot be read or is not such a picture
 */
export async function readPicture(path: string): Promise<Picture> {
  try {
    return await decode(await readRegularFile(path, maxPictureBytes));
  } catch (cause) {
    throw new NnError('invalid-options', `${path} cannot be read: ${(cause as Error).message}`, {
      cause,
    });
  }
}

async function decode(bytes: Uint8Array): Promise<Picture> {
  if (bytes.length === 0) throw new Error('it is empty');
  const image = sharp(bytes, { limitInputPixels: false, failOn: 'error' });
  const header = await image.metadata().catch(() => undefined);
  if (!header || !formats.has(header.format)) {
    throw new Error('it is not a PNG, JPEG or WebP picture');
  }
  const { width, height } = header;
  if (width * height > maxPixels) {
    throw new Error(`it is ${width} × ${height} pixels, more than ${maxPixels} in all`);
  }
  const { data, info } = await image
    .autoOrient()
    .resize({ width: maxSide, height: maxSide, fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true })
    .catch(cause => {
      throw new Error('it ends too early or is corrupt', { cause });
    });
  return toGrey(data, info);
}

/** @param pixels RGB or RGBA, interleaved */
function toGrey(
  pixels: Uint8Array,
  { width, height, channels }: { width: number; height: number; channels: number },
): Picture {
  const hasAlpha = channels === 4;
  const outChannels = hasAlpha ? 2 : 1;
  const data = new Uint8Array(width * height * outChannels);
  for (let i = 0; i < width * height; i++) {
    const at = i * channels;
    const grey = luma[0] * pixels[at]! + luma[1] * pixels[at + 1]! + luma[2] * pixels[at + 2]!;
    data[i * outChannels] = Math.round(grey);
    if (hasAlpha) data[i * outChannels + 1] = pixels[at + 3]!;
  }
  return { width, height, channels: outChannels, data };
}
