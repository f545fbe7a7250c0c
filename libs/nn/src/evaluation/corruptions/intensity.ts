// Corruptions of single pixels: shot noise, impulse noise, brightness, and an inverted stripe.

import type { Random } from '../../engine/random.ts';
import { type Corruption, side } from './corruption.ts';

/** Number of photons of a white pixel; MNIST-C's severity 5. */
const photonsAtWhite = 3;

/** Shot noise: each pixel becomes a Poisson-distributed number of photons whose mean is its value. */
export const shotNoise: Corruption = (image, random) =>
  image.map(value => {
    const photons = poisson((value / 255) * photonsAtWhite, random);
    return Math.round(255 * Math.min(1, photons / photonsAtWhite));
  });

/** Fraction of the pixels that are replaced; MNIST-C's severity 4. */
const impulseProbability = 0.17;

/** Salt-and-pepper noise: some pixels become black or white. */
export const impulseNoise: Corruption = (image, random) =>
  image.map(value => {
    if (random.uniform() >= impulseProbability) return value;
    return random.uniform() < 0.5 ? 0 : 255;
  });

/** Fraction of white that is added; MNIST-C's severity 5. */
const addedBrightness = 0.5;

/** Increases the brightness of every pixel: a black background becomes grey, grey strokes white. */
export const brightness: Corruption = image =>
  image.map(value => Math.min(255, Math.round(value + addedBrightness * 255)));

/** Width of each inverted stripe, in columns. */
const stripeWidth = side / 4;

/** Inverts the left and the right quarter. */
export const stripe: Corruption = image =>
  image.map((value, i) => {
    const x = i % side;
    return x < stripeWidth || x >= side - stripeWidth ? 255 - value : value;
  });

/** A Poisson-distributed number by Knuth's multiplication method (1969), which is fast for small means. */
function poisson(mean: number, random: Random): number {
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random.uniform(); product > limit; product *= random.uniform()) count++;
  return count;
}
