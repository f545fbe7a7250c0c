// Pictures in all formats, and their limits.

import { preprocess } from '@digits/nn';
import test, { type ExecutionContext } from 'ava';
import sharp from 'sharp';
import { decodePicture } from '../../src/image/decode.ts';
import { isSupportedImage } from '../../src/image/format.ts';
import { Problem, type ProblemCode } from '../../src/problem.ts';
import { type Drawing, draw } from '../support/drawing.ts';
import { claimSize, pipeline, png } from '../support/files.ts';

const maxPixels = 1_000_000;
const drawing = draw(7, 29);

async function refuses(t: ExecutionContext, file: Buffer, code: ProblemCode, limit = maxPixels) {
  const problem = await t.throwsAsync(async () => decodePicture(file, limit), {
    instanceOf: Problem,
  });
  t.is(problem?.code, code);
}

test('grey pixels are unchanged', async t => {
  const picture = await decodePicture(png(drawing), maxPixels);
  t.deepEqual(picture, { width: 29, height: 29, channels: 1, data: drawing.data });
});

test('16 bits a channel are converted to 8', async t => {
  const { data } = await decodePicture(
    png(drawing, 'grey', grey => [grey], 16),
    maxPixels,
  );
  t.deepEqual(data, drawing.data);
});

for (const highest of [255, 4095]) {
  test(`16 bits a channel that hold 0 to ${highest} are scaled by the bits in use`, async t => {
    const values = Uint16Array.from(drawing.data, grey => Math.round((grey / 255) * highest));
    const raw = { width: 29, height: 29, channels: 1 } as const;
    const file = await sharp(values, { raw }).toColourspace('grey16').png().toBuffer();
    const { data } = await decodePicture(file, maxPixels);
    t.true(data.every((grey, i) => Math.abs(grey - drawing.data[i]!) <= 1));
  });
}

test('16 bits of alpha are not taken for 16 bits of grey', async t => {
  const dim = { side: 29, data: drawing.data.map(grey => grey >> 4) };
  const file = png(dim, 'greyAlpha', grey => [grey / 257, 255], 16);
  const { channels, data } = await decodePicture(file, maxPixels);
  t.is(channels, 2);
  t.deepEqual(data, Uint8Array.from([...dim.data].flatMap(grey => [grey, 255])));
});

test('the alpha channel is kept', async t => {
  const file = png(drawing, 'rgba', grey => [7, 7, 7, grey]);
  const { channels, data } = await decodePicture(file, maxPixels);
  t.is(channels, 2);
  t.deepEqual(data, Uint8Array.from(Array.from(drawing.data).flatMap(grey => [7, grey])));
});

test('colours are converted to luma', async t => {
  const file = png({ side: 1, data: Uint8Array.of(0) }, 'rgb', () => [200, 100, 50]);
  const { data } = await decodePicture(file, maxPixels);
  t.deepEqual(data, Uint8Array.of(Math.round(0.299 * 200 + 0.587 * 100 + 0.114 * 50)));
});

/** Ink and paper of like luma. */
const colourPairs = {
  'dark green on red': [
    [0, 100, 0],
    [255, 0, 0],
  ],
  'blue on dark red': [
    [0, 0, 255],
    [139, 0, 0],
  ],
  'grey on red': [
    [85, 85, 85],
    [255, 0, 0],
  ],
  'navy on black': [
    [0, 0, 128],
    [0, 0, 0],
  ],
  'light yellow on white': [
    [255, 255, 224],
    [255, 255, 255],
  ],
  'pink on light green': [
    [235, 170, 190],
    [160, 205, 150],
  ],
} as const;

/** The drawing as an RGB file of one colour on another. */
function inColours(shape: Drawing, [ink, paper]: readonly (readonly number[])[]): Buffer {
  return png(shape, 'rgb', grey =>
    paper!.map((level, channel) => level + Math.round((grey / 255) * (ink![channel]! - level))),
  );
}

for (const [title, colours] of Object.entries(colourPairs)) {
  test(`a digit in ${title} is read like one in white on black, small and through sharp`, async t => {
    for (const shape of [draw(7, 29), draw(7, 131)]) {
      const seen = preprocess(await decodePicture(inColours(shape, colours), maxPixels));
      const reference = preprocess(await decodePicture(png(shape), maxPixels))!;
      const sum = reference.reduce((total, ink, i) => total + Math.abs(ink - (seen?.[i] ?? 0)), 0);
      t.true(sum / 784 < 0.01, `${shape.side}: mean absolute difference ${sum / 784}`);
    }
  });
}

test('the colour noise of an empty sheet is not ink', async t => {
  const noise = Array.from({ length: 96 * 96 * 3 }, (_, i) => 200 + ((i * 7919 + i * i) % 23));
  const file = await sharp(Uint8Array.from(noise), { raw: { width: 96, height: 96, channels: 3 } })
    .jpeg({ quality: 60 })
    .toBuffer();
  t.is(preprocess(await decodePicture(file, maxPixels)), undefined);
});

test('a large picture is shrunk to 512 pixels on its longer side, with its aspect ratio', async t => {
  const file = await pipeline(draw(7, 300)).extend({ right: 900 }).png().toBuffer();
  const { width, height } = await decodePicture(file, maxPixels);
  t.deepEqual([width, height], [512, 128]);
});

test('a picture at the pixel limit is decoded, and one above it refused', async t => {
  const file = png(drawing);
  await t.notThrowsAsync(async () => decodePicture(file, 29 * 29));
  await refuses(t, file, 'too-many-pixels', 29 * 29 - 1);
});

test('a header of 50,000 × 50,000 pixels is refused', async t => {
  await refuses(t, claimSize(png(drawing), 50_000, 50_000), 'too-many-pixels');
});

test('a file that is not a supported picture is refused', async t => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>';
  await refuses(t, Buffer.from('a text'), 'not-an-image');
  await refuses(t, Buffer.from(svg), 'not-an-image');
  await refuses(t, Buffer.from(`<?xml version="1.0"?>${svg}`), 'not-an-image');
  await refuses(t, await pipeline(drawing).gif().toBuffer(), 'not-an-image');
});

/** Incompressible pixels, so that the file is long enough to be truncated. */
const noise: Drawing = {
  side: 31,
  data: Uint8Array.from({ length: 31 * 31 }, (_, i) => (i * i * 7919 + i * 104_729) >> 3),
};

for (const format of ['png', 'jpeg', 'webp'] as const) {
  test(`a ${format} file truncated anywhere is refused`, async t => {
    const file = await pipeline(noise).toFormat(format).toBuffer();
    // A PNG's last twelve bytes only mark its end.
    const end = format === 'png' ? file.length - 12 : file.length;
    for (let length = 16; length < end; length += 23) {
      await refuses(t, file.subarray(0, length), 'unreadable-image');
    }
    await refuses(t, file.subarray(0, end - 1), 'unreadable-image');
  });

  test(`a ${format} file with a flipped bit is decoded or refused`, async t => {
    const file = await pipeline(noise).toFormat(format).toBuffer();
    for (let at = 0; at < file.length; at += 17) {
      const flipped = Buffer.from(file);
      flipped[at]! ^= 1 << (at % 8);
      try {
        await decodePicture(flipped, maxPixels);
      } catch (error) {
        t.true(error instanceof Problem);
      }
    }
    t.pass();
  });
}

for (const format of ['png', 'jpeg', 'webp'] as const) {
  test(`a ${format} file is a supported image`, async t => {
    t.true(isSupportedImage(await pipeline(drawing).toFormat(format).toBuffer()));
  });
}

for (const format of ['gif', 'tiff', 'avif'] as const) {
  test(`a ${format} file is no supported image`, async t => {
    t.false(isSupportedImage(await pipeline(drawing).toFormat(format).toBuffer()));
  });
}

test('text, sound in a RIFF container, half a signature and an empty file are no supported images', t => {
  for (const text of ['a text', 'RIFF\0\0\0\0WAVE', '\x89PNG\r\n', '\xff\xd8', '']) {
    t.false(isSupportedImage(Buffer.from(text, 'latin1')), JSON.stringify(text));
  }
});

test.serial(
  'one picture of the maximum size is decoded at a time, eight wait, and more are refused',
  async t => {
    const side = 800;
    const file = await pipeline(draw(7, side)).png().toBuffer();
    const decoding = Array.from({ length: 10 }, async () => decodePicture(file, side * side));
    const small = await decodePicture(await pipeline(drawing).webp().toBuffer(), side * side);
    t.is(small.width, drawing.side);
    const outcomes = await Promise.allSettled(decoding);
    t.is(outcomes.filter(({ status }) => status === 'fulfilled').length, 9);
    t.like(outcomes.at(-1), { status: 'rejected', reason: { code: 'overloaded' } });
    // Whether decoded or refused, none keeps its part.
    const next = Array.from({ length: 9 }, async () => decodePicture(file, side * side));
    t.is((await Promise.all(next)).length, 9);
  },
);

const isNamed = test.macro({
  async exec(t, start: Buffer | string, expected: RegExp) {
    const file = typeof start === 'string' ? Buffer.from(start, 'latin1') : start;
    const problem = await t.throwsAsync(async () => decodePicture(file, maxPixels));
    t.regex(problem?.message ?? '', expected);
  },
  title: (what = '') => `the error names ${what}`,
});

const binary = '\0\x01\x02\x03'.repeat(8);
test('HEIC', isNamed, `\0\0\0\x18ftypheic${binary}`, /a HEIC picture/);
test('HEIC of any codec', isNamed, `\0\0\0\x18ftypmif1${binary}`, /a HEIC picture/);
test('AVIF', isNamed, `\0\0\0\x18ftypavif${binary}`, /an AVIF picture/);
test('a video', isNamed, `\0\0\0\x18ftypisom${binary}`, /a video/);
test('GIF', isNamed, `GIF89a${binary}`, /a GIF picture/);
test('BMP', isNamed, `BM\x36\x28\0\0\0\0\0\0${binary}`, /a BMP picture/);
test('TIFF', isNamed, `II*\0${binary}`, /a TIFF picture/);
test('PDF', isNamed, '%PDF-1.7\n', /a PDF document/);
test('gzip', isNamed, `\x1f\x8b\x08${binary}`, /a gzip file/);
test('IDX', isNamed, `\0\0\x08\x03${binary}`, /an IDX file/);
test('SVG', isNamed, '<svg xmlns="http://www.w3.org/2000/svg"/>', /an SVG picture/);
test('SVG with a prologue', isNamed, '<?xml version="1.0"?>\n<!-- x -->\n<svg>', /an SVG picture/);
test('HTML', isNamed, '\n<!DOCTYPE html><html><body><svg/></body></html>', /an HTML page/);
test('JSON', isNamed, '{"file": "x"}', /this is JSON/);
test('a Git LFS pointer', isNamed, 'version https://git-lfs.github.com/spec/v1\n', /git lfs pull/);
test('a data URL', isNamed, 'data:image/png;base64,iVBORw0KGgo=', /a data URL/);
test('base64', isNamed, png(drawing).toString('base64'), /base64/);
test('a PNG sent as text', isNamed, Buffer.from(png(drawing).toString('utf8')), /as text/);
test('a PNG with other line ends', isNamed, `\x89PNG\n\x1a\n${binary}`, /as text/);
test('a form', isNamed, '--x\r\nContent-Disposition: form-data; name="file"\r\n', /a form/);
test('a text', isNamed, Buffer.from('BMW ist für Fußgänger nichts'), /this is text/);
test('nothing that it does not know', isNamed, `XY${binary}`, /in another format/);
