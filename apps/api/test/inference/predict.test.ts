import { fileURLToPath } from 'node:url';
import { loadChampion } from '@digits/nn';
import test from 'ava';
import sharp from 'sharp';
import { predict } from '../../src/inference/predict.ts';
import { draw, invert } from '../support/drawing.ts';
import { pipeline, png } from '../support/files.ts';

const modelsDir = fileURLToPath(new URL('../../../../models', import.meta.url));
const champion = await loadChampion(modelsDir);
const seven = draw(7, 28);
const sevenOnPaper = invert(seven);

const isClassified = test.macro({
  async exec(t, file: () => Buffer | Promise<Buffer>, digit?: number) {
    const prediction = await predict(await file(), champion, { maxPixels: 24_000_000 });
    t.is(prediction.digit, digit ?? 7);
    t.true(prediction.confidence > 0.8, `confidence ${prediction.confidence}`);
    t.true(prediction.accepted);
    t.is(prediction.reason, null);
  },
  title: (picture = '') => `a digit is classified ${picture}`,
});

test('in a grey PNG', isClassified, () => png(seven));
test('that is a one', isClassified, () => png(draw(1, 28)), 1);
test('dark on light', isClassified, () => png(sevenOnPaper));
test('in colour', isClassified, () => png(sevenOnPaper, 'rgb', grey => [grey, grey, 255]));
test('in 16 bits a channel', isClassified, () => png(seven, 'grey', grey => [grey], 16));
test('in a palette', isClassified, () =>
  pipeline(seven).toColourspace('srgb').png({ palette: true }).toBuffer(),
);
test('in an interlaced PNG', isClassified, () =>
  pipeline(seven).png({ progressive: true }).toBuffer(),
);
test('in black ink on a transparent background', isClassified, () =>
  png(seven, 'greyAlpha', grey => [0, grey]),
);
test('in white ink on a transparent background', isClassified, () =>
  png(seven, 'rgba', grey => [255, 255, 255, grey]),
);
test('in a JPEG', isClassified, () => pipeline(seven).jpeg().toBuffer());
test('in a WebP', isClassified, () => pipeline(sevenOnPaper).webp().toBuffer());
test('rotated by its EXIF orientation', isClassified, () =>
  // Orientation 6: to be rotated by 90° clockwise for display.
  pipeline(seven).rotate(-90).withMetadata({ orientation: 6 }).jpeg().toBuffer(),
);
test('in the corner of a photograph', isClassified, () =>
  pipeline(invert(draw(7, 300)))
    .extend({ right: 2700, bottom: 1700, background: 'white' })
    .jpeg()
    .toBuffer(),
);
test('on the first frame of an animation', isClassified, () =>
  sharp([png(seven), png(draw(1, 28))], { join: { animated: true } })
    .webp({ lossless: true })
    .toBuffer(),
);

test('a blank picture has no digit, and all ten are equally likely', async t => {
  const file = png({ side: 28, data: new Uint8Array(28 * 28).fill(255) });
  const { input, ...prediction } = await predict(file, champion, { maxPixels: 24_000_000 });
  t.regex(input.sha256, /^[0-9a-f]{64}$/);
  t.deepEqual(prediction, {
    digit: null,
    confidence: 0,
    probabilities: [0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1],
    accepted: false,
    reason: 'blank',
    model: { name: 'digits', version: champion.version, sha256: champion.sha256 },
  });
});

test('the probabilities are those of ten digits, and the confidence is the greatest', async t => {
  const { probabilities, confidence } = await predict(png(seven), champion, {
    maxPixels: 24_000_000,
  });
  t.is(probabilities.length, 10);
  t.is(confidence, Math.max(...probabilities));
  t.true(Math.abs(probabilities.reduce((sum, p) => sum + p, 0) - 1) < 1e-5);
});
