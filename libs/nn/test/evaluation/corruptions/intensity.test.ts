import test from 'ava';
import { Random } from '../../../src/engine/random.ts';
import { side } from '../../../src/evaluation/corruptions/corruption.ts';
import {
  brightness,
  impulseNoise,
  shotNoise,
  stripe,
} from '../../../src/evaluation/corruptions/intensity.ts';
import { pictureWhere } from './draw.ts';

const grey = pictureWhere(() => true, 85);

test('shot noise keeps black and counts photons, three for white', t => {
  const half = pictureWhere(x => x < 14, 85);
  const noisy = shotNoise(half, new Random(1));
  t.true(noisy.every((value, i) => (half[i] === 0 ? value === 0 : value % 85 === 0)));
});

test('shot noise keeps the mean intensity', t => {
  const random = new Random(2);
  let sum = 0;
  for (let time = 0; time < 20; time++) {
    for (const value of shotNoise(grey, random)) sum += value;
  }
  // A mean of one photon; clamping at three reduces it to 0.975.
  const mean = sum / (20 * grey.length);
  t.true(Math.abs(mean - 0.975 * 85) < 1.5, `${mean}`);
});

test('impulse noise turns a sixth of the pixels black or white, equally often', t => {
  const random = new Random(3);
  const pixels = Array.from({ length: 20 }, () => [...impulseNoise(grey, random)]).flat();
  const fraction = (of: number) => pixels.filter(value => value === of).length / pixels.length;
  t.true(Math.abs(fraction(0) - 0.085) < 0.01);
  t.true(Math.abs(fraction(255) - 0.085) < 0.01);
  t.true(Math.abs(fraction(85) - 0.83) < 0.015);
});

test('brightness adds half of white and clamps at white', t => {
  const given = Uint8Array.from({ length: side * side }, (_, i) => i % 256);
  const bright = brightness(given, new Random(1));
  t.deepEqual([bright[0], bright[100], bright[200]], [128, 228, 255]);
});

test('stripe inverts the outer quarters; twice restores the image', t => {
  const given = Uint8Array.from({ length: side * side }, (_, i) => i % 251);
  const striped = stripe(given, new Random(1));
  for (const [i, value] of striped.entries()) {
    const isOuter = i % side < 7 || i % side >= 21;
    if (value !== (isOuter ? 255 - given[i]! : given[i]!)) t.fail(`pixel ${i}`);
  }
  t.deepEqual(stripe(striped, new Random(1)), given);
});
