// Pictures of a digit in every accepted encoding, and mutations of them.

import sharp from 'sharp';
import { draw } from '../../../test/support/drawing.ts';
import { pipeline, png } from '../../../test/support/files.ts';
import { animate } from '../../../test/support/png-chunks.ts';
import type { Random } from '../random.ts';
import { mutateBytes } from './bytes.ts';
import { mutateJpeg } from './jpeg.ts';
import { mutatePng } from './png.ts';
import { mutateWebp } from './webp.ts';

export interface Picture {
  readonly contentType: 'image/png' | 'image/jpeg' | 'image/webp';
  readonly bytes: Buffer;
}

const drawing = draw(7, 28);
const large = pipeline(draw(4, 300)).toColourspace('srgb');
const colours = sharp(png(drawing)).toColourspace('srgb');

const pngs = [
  png(drawing),
  png(drawing, 'greyAlpha', grey => [grey, 255]),
  png(drawing, 'rgba', grey => [grey, 255 - grey, 9, grey]),
  png(drawing, 'rgb', grey => [grey, grey, grey], 16),
  animate(png(drawing), png(draw(2, 28))),
  await colours.clone().png({ palette: true }).toBuffer(),
  await colours.clone().png({ progressive: true }).toBuffer(),
  await large.clone().png().toBuffer(),
];
const jpegs = [
  await colours
    .clone()
    .withExif({ IFD0: { Copyright: 'me' } })
    .jpeg()
    .toBuffer(),
  await colours.clone().jpeg({ progressive: true }).toBuffer(),
  await colours.clone().toColourspace('cmyk').jpeg().toBuffer(),
  await large.clone().jpeg({ chromaSubsampling: '4:4:4' }).toBuffer(),
];
const webps = [
  await colours.clone().webp().toBuffer(),
  await colours.clone().webp({ lossless: true }).toBuffer(),
  await sharp(pngs[2]).webp({ alphaQuality: 50 }).toBuffer(),
  await large.clone().webp().toBuffer(),
];

const formats = [
  { contentType: 'image/png', files: pngs, mutate: mutatePng },
  { contentType: 'image/jpeg', files: jpegs, mutate: mutateJpeg },
  { contentType: 'image/webp', files: webps, mutate: mutateWebp },
] as const;

/** Valid, or mutated by its structure, by its bytes, or by both. */
export function somePicture(random: Random): Picture {
  const { contentType, files, mutate } = random.pick(formats);
  const bytes = random.pick(files);
  const mutated = random.weighted<() => Buffer>([
    [2, () => bytes],
    [5, () => mutate(bytes, random)],
    [3, () => mutateBytes(bytes, random)],
    [1, () => mutateBytes(mutate(bytes, random), random)],
    [0.3, () => random.bytes(random.below(300))],
  ])();
  return { contentType, bytes: mutated };
}

/** A valid one. */
export function validPicture(random: Random): Picture {
  const { contentType, files } = random.pick(formats);
  return { contentType, bytes: random.pick(files) };
}
