// Pictures of 24 megapixels, the default limit, in each format and by each way of decoding.

import sharp, { type Sharp } from 'sharp';
import { photograph } from '../../test/support/photograph.ts';

const size = { width: 6000, height: 4000 } as const;

/** What a phone takes: grain in every pixel. */
const photo = (): Sharp =>
  photograph(7, { ...size, left: 2000, top: 1000, side: 2000, light: x => 1 - x / 4 });

/** Few bytes for many pixels, with alpha. */
const sheet = (): Sharp =>
  sharp({ create: { ...size, channels: 4, background: { r: 250, g: 250, b: 250, alpha: 0.9 } } });

export const largePictures: Readonly<Record<string, () => Promise<Buffer>>> = {
  'JPEG photographs': () => photo().jpeg({ quality: 85 }).toBuffer(),
  // Their limit is half as many pixels.
  'progressive JPEG photographs': () =>
    photo().resize(4000, 3000).jpeg({ quality: 85, progressive: true }).toBuffer(),
  // Blurred, because with all of its grain it has more than the 10 MiB of MAX_FILE_BYTES.
  'PNG photographs': () => photo().blur(3).png().toBuffer(),
  'PNG sheets with alpha': () => sheet().png({ compressionLevel: 1 }).toBuffer(),
  'WebP photographs': () => photo().webp({ quality: 80 }).toBuffer(),
  'lossless WebP sheets with alpha': () => sheet().webp({ lossless: true }).toBuffer(),
};
