// Any PNG, JPEG or WebP file → grey or grey and alpha, 8 bit. The only module that knows sharp.
import type { Picture } from '@digits/nn';
import sharp, { type OutputInfo } from 'sharp';
import { Problem } from '../problems/problem.ts';
import { beginsAsPicture } from './signature.ts';

// Only the loaders that are wanted: an SVG or a PDF never gets as far as its parser.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['VipsForeignLoadPng', 'VipsForeignLoadJpeg', 'VipsForeignLoadWebp'],
});
// Uploads differ from one another, so what libvips would keep of them is never asked for again.
sharp.cache(false);

/** Far more than the network's 28 pixels, and little enough for the steps after this one. */
const longestSide = 512;

/**
 * Decodes a file, turns it the way its EXIF data says, and shrinks it to at most 512 pixels a side.
 * Of an animation the first frame counts.
 *
 * @throws Problem `not-an-image`, `too-many-pixels` or `unreadable-image`
 */
export async function decodePicture(bytes: Buffer, maxPixels: number): Promise<Picture> {
  if (!beginsAsPicture(bytes)) {
    throw new Problem('not-an-image', 'Send a PNG, JPEG or WebP file; its content decides.');
  }
  const { data, info } = await render(bytes, maxPixels).catch(async cause => {
    throw await explainFailure(bytes, maxPixels, cause);
  });
  return toGrey(data, info);
}

/** @returns RGB or RGBA, 8 bit. On a damaged file it fails, but not on what libvips only warns of. */
function render(bytes: Buffer, maxPixels: number) {
  return sharp(bytes, { limitInputPixels: maxPixels, failOn: 'error' })
    .autoOrient()
    .resize({ width: longestSide, height: longestSide, fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .raw()
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
  return new Problem('unreadable-image', 'The file ends too early or is corrupt.', { cause });
}

/** Light as Rec. 601 weighs it. sharp's own grey would lose the alpha channel on the way out. */
function toGrey(data: Buffer, { width, height, channels }: OutputInfo): Picture {
  const outChannels = channels === 4 ? 2 : 1;
  const grey = new Uint8Array(width * height * outChannels);
  for (let from = 0, to = 0; to < grey.length; from += channels, to += outChannels) {
    grey[to] = Math.round(0.299 * data[from]! + 0.587 * data[from + 1]! + 0.114 * data[from + 2]!);
    if (outChannels === 2) grey[to + 1] = data[from + 3]!;
  }
  return { width, height, channels: outChannels, data: grey };
}
