import test from 'ava';
import { pixelLimit } from '../../src/image/pixel-limit.ts';
import { decodeWithSharp } from '../../src/image/sharp-decoder.ts';
import { draw } from '../support/drawing.ts';
import { pipeline } from '../support/files.ts';

const drawing = draw(7, 40);
const files = {
  'a plain PNG': [pipeline(drawing).png(), 1],
  'an interlaced PNG': [pipeline(drawing).png({ progressive: true }), 1 / 4],
  'a plain JPEG': [pipeline(drawing).jpeg(), 1],
  'a progressive JPEG': [pipeline(drawing).jpeg({ progressive: true }), 1 / 2],
  'a progressive JPEG with EXIF data': [
    pipeline(drawing).withMetadata({ orientation: 6 }).jpeg({ progressive: true }),
    1 / 2,
  ],
  'a WebP': [pipeline(drawing).webp(), 1],
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
  const file = await pipeline(drawing).jpeg({ progressive: true }).toBuffer();
  for (let length = 0; length < 200; length++) {
    t.true(pixelLimit(file.subarray(0, length), 1000) >= 500);
  }
  t.is(pixelLimit(Buffer.alloc(5000, 0xff), 1000), 1000);
  t.is(pixelLimit(Buffer.from('ffd8ffe00000'.padEnd(9000, 'ffe00000'), 'hex'), 1000), 1000);
});
