// Recognises the digit on a picture with the champion in models/, and shows what the network saw of it.
// Another picture, of any size, pen and paper:
//
//   npm run example examples/predict-png.ts my-digit.png
//
// Change                                  and see
//   the picture: draw one yourself        how much `preprocess` forgives, and what it does not
//   model to {...model, temperature: 5}   the same answer, with less confidence
//   classify's ink to ink.toReversed()    a digit upside down, which it refuses as not a digit

import { fileURLToPath } from 'node:url';
import { styleText } from 'node:util';
import { chooseKernels, classify, loadChampion, preprocess } from '@digits/nn';
import sharp from 'sharp';

const side = 28;
const pathOf = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const file = process.argv[2] ?? pathOf('pictures/three.png');

const { data, info } = await sharp(file)
  .flatten({ background: 'white' })
  .greyscale()
  .raw()
  .toBuffer({ resolveWithObject: true })
  .catch(({ message }: Error) => fail(`${file} cannot be read: ${message}`));
const picture = { width: info.width, height: info.height, channels: 1, data } as const;
/** [784] the ink of each pixel, 0…1, scaled and centred as in MNIST; undefined for a blank picture */
const ink = preprocess(picture);
if (ink === undefined) fail(`${file} is blank`);

const { version, model } = await loadChampion(pathOf('../models'), chooseKernels().kernels);
const { digit, probabilities, decision } = classify(model, ink);

for (let row = 0; row < side / 2; row++) {
  const pixels = Array.from({ length: side }, (_, column) => {
    const isInked = (y: number) => ink[y * side + column]! > 0.5;
    return ' ▀▄█'[Number(isInked(2 * row)) + 2 * Number(isInked(2 * row + 1))];
  });
  console.log(`${styleText('cyan', pixels.join(''))} │ ${barOf(row - 2)}`);
}
console.log(`${version} reads ${digit} with ${percentOf(digit)}: ${decision}`);

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}

function percentOf(candidate: number): string {
  return `${(100 * probabilities[candidate]!).toFixed(2)} %`;
}

/** The probability of a digit as a bar of eighths of a character; nothing for other numbers. */
function barOf(candidate: number): string {
  if (candidate < 0 || candidate > 9) return '';
  const eighths = Math.round(probabilities[candidate]! * 8 * 24);
  const bar = '█'.repeat(eighths >> 3) + ' ▏▎▍▌▋▊▉'[eighths & 7];
  return `${candidate} ${bar.padEnd(25)} ${percentOf(candidate).padStart(8)}`;
}
