// Every kind of picture that a user may send, decoded and classified by the repository's champion.

import { fileURLToPath } from 'node:url';
import { loadChampion } from '@digits/nn';
import test, { type ExecutionContext } from 'ava';
import sharp, { type Sharp } from 'sharp';
import { predict } from '../../src/inference/predict.ts';
import { type Drawing, type DrawnDigit, draw, invert } from '../support/drawing.ts';
import { pipeline, png } from '../support/files.ts';
import { photograph, type Scene } from '../support/photograph.ts';
import { animate } from '../support/png-chunks.ts';

const champion = await loadChampion(fileURLToPath(new URL('../../../../models', import.meta.url)));
const allDigits: readonly DrawnDigit[] = [0, 2, 4, 5, 7];
/** No one of these is another one mirrored or rotated. */
const digits: readonly DrawnDigit[] = [2, 4, 7];

type File = Buffer | Promise<Buffer>;

/** Asserts that each digit in a file of this kind is classified correctly. */
async function readsEachDigit(t: ExecutionContext, file: (drawing: Drawing) => File, side = 40) {
  for (const digit of side === 40 ? digits : allDigits) {
    const prediction = await predict(await file(draw(digit, side)), champion, {
      maxPixels: 24_000_000,
    });
    t.like(prediction, { digit, accepted: true, reason: null }, `a ${digit}`);
  }
}

const inColour = (drawing: Drawing) => pipeline(drawing).toColourspace('srgb');

/** A drawing whose ink is the alpha channel. */
function transparent(drawing: Drawing, colour: string): Sharp {
  const { side } = drawing;
  return sharp({
    create: { width: side, height: side, channels: 3, background: colour },
  }).joinChannel(Buffer.from(drawing.data), { raw: { width: side, height: side, channels: 1 } });
}

const encoders: Record<string, (picture: Sharp) => Sharp> = {
  PNG: picture => picture.png(),
  'interlaced PNG': picture => picture.png({ progressive: true }),
  'PNG without compression': picture => picture.png({ compressionLevel: 0 }),
  JPEG: picture => picture.jpeg(),
  'progressive JPEG': picture => picture.jpeg({ progressive: true }),
  'JPEG of poor quality': picture => picture.jpeg({ quality: 40 }),
  WebP: picture => picture.webp(),
  'lossless WebP': picture => picture.webp({ lossless: true }),
};

for (const [format, encode] of Object.entries(encoders)) {
  const kinds: Record<string, (drawing: Drawing) => Sharp> = {
    'in grey': drawing => pipeline(drawing),
    'in grey, dark on light': drawing => pipeline(invert(drawing)),
    'in colour': drawing => inColour(drawing),
    'in colour, blue on yellow': drawing => inColour(invert(drawing)).tint('#d0c000'),
  };
  for (const [kind, picture] of Object.entries(kinds)) {
    test(`${format} ${kind}`, readsEachDigit, drawing => encode(picture(drawing)).toBuffer());
  }
}

for (const [format, encode] of Object.entries(encoders)) {
  if (format.includes('JPEG')) continue;
  for (const [kind, colour] of [
    ['black ink', 'black'],
    ['white ink', 'white'],
    ['red ink', 'red'],
  ] as const) {
    test(`${format} of ${kind} on a transparent background`, readsEachDigit, drawing =>
      encode(transparent(drawing, colour)).toBuffer(),
    );
  }
}

test('PNG in a palette', readsEachDigit, drawing =>
  inColour(drawing).png({ palette: true }).toBuffer(),
);
test('PNG in a palette of four colours', readsEachDigit, drawing =>
  inColour(drawing).png({ palette: true, colours: 4 }).toBuffer(),
);
test('PNG in a palette, half transparent', readsEachDigit, drawing =>
  transparent(drawing, 'black').png({ palette: true }).toBuffer(),
);
test('PNG in 16 bits a channel, grey', readsEachDigit, drawing =>
  png(drawing, 'grey', grey => [grey], 16),
);
test('PNG in 16 bits a channel, colour and alpha', readsEachDigit, drawing =>
  png(drawing, 'rgba', grey => [0, 0, 0, grey], 16),
);
test('PNG with a colour profile', readsEachDigit, drawing =>
  inColour(drawing).withIccProfile('p3').png().toBuffer(),
);
test('JPEG in CMYK', readsEachDigit, drawing =>
  inColour(invert(drawing)).toColourspace('cmyk').jpeg().toBuffer(),
);
test('animated WebP, of which the first frame counts', readsEachDigit, drawing =>
  sharp([png(drawing), png(draw(1, drawing.side))], { join: { animated: true } })
    .webp({ lossless: true })
    .toBuffer(),
);
test('animated PNG, of which the first frame counts', readsEachDigit, drawing =>
  animate(png(drawing), png(draw(1, drawing.side))),
);

/** The pixel of the upright picture for each stored pixel; `end` is the last index. */
const orientations: Record<number, (x: number, y: number, end: number) => [number, number]> = {
  1: (x, y) => [x, y],
  2: (x, y, end) => [end - x, y],
  3: (x, y, end) => [end - x, end - y],
  4: (x, y, end) => [x, end - y],
  5: (x, y) => [y, x],
  6: (x, y, end) => [end - y, x],
  7: (x, y, end) => [end - y, end - x],
  8: (x, y, end) => [y, end - x],
};

for (const [orientation, origin] of Object.entries(orientations)) {
  for (const format of ['jpeg', 'png', 'webp'] as const) {
    test(`${format} stored in EXIF's orientation ${orientation}`, readsEachDigit, drawing => {
      const { side, data } = drawing;
      const stored = data.map((_, i) => {
        const [x, y] = origin(i % side, Math.floor(i / side), side - 1);
        return data[y * side + x]!;
      });
      return pipeline({ side, data: stored })
        .withMetadata({ orientation: Number(orientation) })
        .toFormat(format)
        .toBuffer();
    });
  }
}

for (const side of [28, 64, 300]) {
  test(`${side} pixels a side`, readsEachDigit, drawing => png(drawing), side);
}

const scene: Scene = { width: 640, height: 480, left: 420, top: 30, side: 130, light: () => 1 };
const lights: Record<string, Scene['light']> = {
  'in even light': () => 1,
  'lit from one side': x => 0.45 + 0.55 * x,
  'lit from a corner': (x, y) => 0.4 + 0.3 * x + 0.3 * y,
  'with dark corners': (x, y) => 1 - 0.8 * ((x - 0.5) ** 2 + (y - 0.5) ** 2),
  'with a soft shadow on it': x => 1 - 0.4 / (1 + Math.exp(-(x - 0.4) * 15)),
};

for (const [title, light] of Object.entries(lights)) {
  test(`a grainy photograph, off-centre, ${title}`, async t => {
    for (const digit of digits) {
      const file = await photograph(digit, { ...scene, light })
        .jpeg()
        .toBuffer();
      const prediction = await predict(file, champion, { maxPixels: 24_000_000 });
      t.like(prediction, { digit, accepted: true }, `a ${digit}`);
    }
  });
}

test('a grainy photograph of 12 megapixels, off-centre, lit from one side', async t => {
  const large = { width: 4000, height: 3000, left: 2500, top: 1800, side: 900 };
  const file = await photograph(5, { ...large, light: x => 1 - 0.5 * x })
    .jpeg()
    .toBuffer();
  const startMs = performance.now();
  const prediction = await predict(file, champion, { maxPixels: 24_000_000 });
  t.log(`${(performance.now() - startMs).toFixed(0)} ms`);
  t.like(prediction, { digit: 5, accepted: true });
});
