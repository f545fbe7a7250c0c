import test from 'ava';
import { Random } from '../../../src/engine/random.ts';
import { side } from '../../../src/evaluation/corruptions/corruption.ts';
import { brightness, stripe } from '../../../src/evaluation/corruptions/light.ts';
import { spatter } from '../../../src/evaluation/corruptions/spatter.ts';
import { pictureWhere } from './draw.ts';

test('brightness adds half of white, and no more than white comes of it', t => {
  const given = Uint8Array.from({ length: side * side }, (_, i) => i % 256);
  const bright = brightness(given, new Random(1));
  t.deepEqual([bright[0], bright[100], bright[200]], [128, 228, 255]);
});

test('stripe turns the outer quarters into their negative; twice is nothing', t => {
  const given = Uint8Array.from({ length: side * side }, (_, i) => i % 251);
  const striped = stripe(given, new Random(1));
  for (const [i, value] of striped.entries()) {
    const isOuter = i % side < 7 || i % side >= 21;
    if (value !== (isOuter ? 255 - given[i]! : given[i]!)) t.fail(`pixel ${i}`);
  }
  t.deepEqual(stripe(striped, new Random(1)), given);
});

test('spatter lays grey mud on the dark and darkens the light', t => {
  const given = pictureWhere(x => x >= 14);
  const spattered = spatter(given, new Random(2));
  const mudOn = (isLight: boolean) =>
    [...spattered.keys()].filter(i => given[i]! > 0 === isLight && spattered[i] !== given[i]);
  t.true(mudOn(false).length > 5 && mudOn(true).length > 5);
  t.true(mudOn(false).every(i => spattered[i]! >= 50 && spattered[i]! <= 63));
  t.true(mudOn(true).every(i => spattered[i]! >= 63 && spattered[i]! <= 102));
});
