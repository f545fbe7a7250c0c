// Compares the decoder of small PNG files with libvips.

import { deflateSync } from 'node:zlib';
import test from 'ava';
import fc from 'fast-check';
import sharp from 'sharp';
import { decodeWithSharp } from '../../src/image/sharp-decoder.ts';
import { decodeSmallPng } from '../../src/image/small-png.ts';
import { draw } from '../support/drawing.ts';
import { claimSize, pipeline, png } from '../support/files.ts';
import { chunk, header, signature } from '../support/png-chunks.ts';

const maxPixels = 1_000_000;
const drawing = draw(7, 29);

const end = chunk('IEND', Buffer.alloc(0));

/** A PNG with these filtered lines, and these chunks before them. */
function file(head: Buffer, lines: Uint8Array, ...others: readonly Buffer[]): Buffer {
  return Buffer.concat([signature, head, ...others, chunk('IDAT', deflateSync(lines)), end]);
}

const channelsByColourType = { 0: 1, 2: 3, 4: 2, 6: 4 } as const;

/** Any size, any bytes, any filter on any line. */
const anyFile = fc
  .record({
    width: fc.integer({ min: 1, max: 31 }),
    height: fc.integer({ min: 1, max: 31 }),
    colourType: fc.constantFrom(0, 2, 4, 6),
    seed: fc.integer(),
  })
  .map(({ width, height, colourType, seed }) => {
    const stride = 1 + width * channelsByColourType[colourType as 0];
    const lines = Uint8Array.from({ length: height * stride }, (_, i) => {
      const value = Math.imul(i + 1, seed | 1) >>> 7;
      return i % stride === 0 ? value % 5 : value;
    });
    return file(header(width, height, colourType), lines);
  });

test('every kind of pixel and filter is decoded as libvips does', async t => {
  const property = fc.asyncProperty(anyFile, async bytes => {
    t.deepEqual(decodeSmallPng(bytes, maxPixels), await decodeWithSharp(bytes, maxPixels));
  });
  await t.notThrowsAsync(fc.assert(property, { numRuns: 300, seed: 7 }));
});

test('a file as other programs write it is decoded as libvips does', async t => {
  const files = await Promise.all([
    png(drawing),
    png(drawing, 'rgba', grey => [grey, 255 - grey, 9, grey]),
    pipeline(drawing).png({ compressionLevel: 0 }).toBuffer(),
    pipeline(drawing).png({ adaptiveFiltering: true }).toBuffer(),
    sharp({ create: { width: 128, height: 128, channels: 3, background: 'teal' } })
      .png()
      .toBuffer(),
  ]);
  for (const bytes of files) {
    const decoded = decodeSmallPng(bytes, maxPixels);
    t.not(decoded, undefined);
    t.deepEqual(decoded, await decodeWithSharp(bytes, maxPixels));
  }
});

test('chunks that change no pixel are skipped', async t => {
  const others = [
    chunk('pHYs', Buffer.from('00000b1300000b1301', 'hex')),
    chunk('sRGB', Buffer.of(0)),
    chunk('tEXt', Buffer.from('Title\0A seven')),
    chunk('tIME', Buffer.from('07e8010203040506', 'hex').subarray(0, 7)),
  ];
  const bytes = file(header(2, 1, 2), Uint8Array.of(0, 9, 99, 199, 1, 2, 3), ...others);
  const decoded = decodeSmallPng(bytes, maxPixels);
  t.not(decoded, undefined);
  t.deepEqual(decoded, await decodeWithSharp(bytes, maxPixels));
});

test('data in several chunks is concatenated', t => {
  const deflated = deflateSync(Uint8Array.of(0, 1, 2, 3));
  const chunks = [...deflated].map(byte => chunk('IDAT', Buffer.of(byte)));
  const bytes = Buffer.concat([signature, header(3, 1, 0), ...chunks, end]);
  t.deepEqual(decodeSmallPng(bytes, maxPixels)?.data, Uint8Array.of(1, 2, 3));
});

const pixel = Uint8Array.of(0, 9);
const lines = new Uint8Array(1000);
const declined: Record<string, Buffer | Promise<Buffer>> = {
  'of 129 pixels a side': file(header(129, 1, 0), new Uint8Array(130)),
  'without pixels': file(header(0, 1, 0), Uint8Array.of(0)),
  'of 4 bits a channel': file(header(1, 1, 0, 4), pixel),
  'of 16 bits a channel': png(drawing, 'grey', grey => [grey], 16),
  interlaced: pipeline(drawing).png({ progressive: true }).toBuffer(),
  'with a palette': pipeline(drawing).toColourspace('srgb').png({ palette: true }).toBuffer(),
  'with a transparent colour': file(header(1, 1, 0), pixel, chunk('tRNS', Buffer.of(0, 9))),
  'with EXIF data': pipeline(drawing)
    .withExif({ IFD0: { Copyright: 'me' } })
    .png()
    .toBuffer(),
  'with a colour profile': pipeline(drawing).withIccProfile('p3').png().toBuffer(),
  'with too few pixels': file(header(3, 3, 0), new Uint8Array(11)),
  'with a decompression bomb': file(header(3, 3, 0), new Uint8Array(30_000_000)),
  'with an unknown filter': file(header(1, 1, 0), Uint8Array.of(5, 9)),
  'with a second header': file(header(1, 1, 0), pixel, header(1, 1, 0)),
  'whose header has another size': claimSize(png(drawing), 28, 28),
  'that is only a signature': signature,
  'above 64 KiB': file(header(1, 1, 0), pixel, chunk('tEXt', Buffer.alloc(65_536, 'x'))),
};

for (const [kind, bytes] of Object.entries(declined)) {
  test(`a file ${kind} is left to libvips`, async t => {
    t.is(decodeSmallPng(await bytes, maxPixels), undefined);
  });
}

test('a file of more pixels than the limit is left to libvips', t => {
  const bytes = file(header(3, 2, 0), lines.subarray(0, 8));
  t.not(decodeSmallPng(bytes, 6), undefined);
  t.is(decodeSmallPng(bytes, 5), undefined);
});

test('a file cut off or with a flipped bit anywhere is left to libvips', t => {
  const whole = png(draw(7, 11));
  for (let at = 8; at < whole.length; at++) {
    t.is(decodeSmallPng(whole.subarray(0, at), maxPixels), undefined, `cut off at ${at}`);
    const flipped = Buffer.from(whole);
    flipped[at]! ^= 1 << (at % 8);
    t.is(decodeSmallPng(flipped, maxPixels), undefined, `flipped at ${at}`);
  }
});
