// The cost of decoding a picture, as its header announces it, and the limits that follow from it.

import test from 'ava';
import { decodePicture } from '../../src/image/decode.ts';
import { equivalentPixels, pixelLimit } from '../../src/image/decoding-cost.ts';
import { decodeWithSharp } from '../../src/image/sharp-decoder.ts';
import { draw } from '../support/drawing.ts';
import { pipeline } from '../support/files.ts';

const drawing40 = draw(7, 40);
const files = {
  'a plain PNG': [pipeline(drawing40).png(), 1],
  'an interlaced PNG': [pipeline(drawing40).png({ progressive: true }), 1 / 4],
  'a plain JPEG': [pipeline(drawing40).jpeg(), 1],
  'a progressive JPEG': [pipeline(drawing40).jpeg({ progressive: true }), 1 / 2],
  'a progressive JPEG with EXIF data': [
    pipeline(drawing40).withMetadata({ orientation: 6 }).jpeg({ progressive: true }),
    1 / 2,
  ],
  'a WebP': [pipeline(drawing40).webp(), 1],
} as const;

for (const [title, [picture, fraction]] of Object.entries(files)) {
  test(`${title} may have ${fraction} of the pixel limit`, async t => {
    const file = await picture.toBuffer();
    t.is(pixelLimit(file, 1000), 1000 * fraction);
    const minLimit = (40 * 40) / fraction;
    await t.notThrowsAsync(decodeWithSharp(file, minLimit));
    await t.throwsAsync(decodeWithSharp(file, minLimit - 4), { code: 'too-many-pixels' });
  });
}

test('a truncated file, and one of endless markers, has a limit', async t => {
  const file = await pipeline(drawing40).jpeg({ progressive: true }).toBuffer();
  for (let length = 0; length < 200; length++) {
    t.true(pixelLimit(file.subarray(0, length), 1000) >= 500);
  }
  t.is(pixelLimit(Buffer.alloc(5000, 0xff), 1000), 1000);
  t.is(pixelLimit(Buffer.from('ffd8ffe00000'.padEnd(9000, 'ffe00000'), 'hex'), 1000), 1000);
});

test('the size of a picture is read from its header', async t => {
  const picture = pipeline(draw(7, 60)).resize(60, 40, { fit: 'fill' });
  const jpeg = picture.clone().jpeg();
  const rgba = picture.clone().toColourspace('srgb').ensureAlpha(0.5);
  for (const [file, factor] of [
    [jpeg, 1],
    [picture.clone().jpeg({ progressive: true }), 2],
    [
      picture
        .clone()
        .withExif({ IFD0: { Copyright: 'me' } })
        .jpeg(),
      1,
    ],
    [picture.clone().webp(), 1],
    [picture.clone().webp({ lossless: true }), 1],
    [rgba.clone().webp(), 1],
    [
      picture
        .clone()
        .withExif({ IFD0: { Copyright: 'me' } })
        .webp(),
      1,
    ],
  ] as const) {
    const bytes = await file.toBuffer();
    t.is(equivalentPixels(bytes), 60 * 40 * factor);
    for (let length = 12; length < 40; length++) {
      t.notThrows(() => equivalentPixels(bytes.subarray(0, length)));
    }
  }
  // Some hundred lines of a PNG are in memory at once, even of a short one.
  t.is(equivalentPixels(await picture.clone().png().toBuffer()), 60 * 512);
  t.is(equivalentPixels(await picture.clone().png({ progressive: true }).toBuffer()), 60 * 512 * 4);
});

test('a PNG with very long lines is refused, however few they are', async t => {
  const decodeLine = async (width: number) => {
    // Interlaced, so that libvips decodes it.
    const line = pipeline(draw(7, 28)).resize(width, 1, { fit: 'fill' }).png({ progressive: true });
    return decodePicture(await line.toBuffer(), 24_000_000);
  };
  await t.notThrowsAsync(decodeLine(16_384));
  await t.throwsAsync(decodeLine(16_385), {
    code: 'too-many-pixels',
    message: /16385 pixels wide/,
  });
});
