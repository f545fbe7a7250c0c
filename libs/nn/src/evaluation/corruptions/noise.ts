// Noise: too little light on a sensor, and pixels that are stuck.

import type { Random } from '../../engine/random.ts';
import type { Corruption } from './corruption.ts';

/** Photons that make a pixel white: MNIST-C's severity 5. */
const photonsAtWhite = 3;

/** Light comes in photons, and few of them: each pixel is a Poisson number of its mean. */
export const shotNoise: Corruption = (picture, random) =>
  picture.map(value => {
    const photons = poisson((value / 255) * photonsAtWhite, random);
    return Math.round(255 * Math.min(1, photons / photonsAtWhite));
  });

/** Share of pixels that are stuck: MNIST-C's severity 4. */
const impulseProbability = 0.17;

/** Salt and pepper: some pixels are black or white whatever was there. */
export const impulseNoise: Corruption = (picture, random) =>
  picture.map(value => {
    if (random.uniform() >= impulseProbability) return value;
    return random.uniform() < 0.5 ? 0 : 255;
  });

/** By multiplying (Knuth 1969), which is quick where the mean is small. */
function poisson(mean: number, random: Random): number {
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random.uniform(); product > limit; product *= random.uniform()) count++;
  return count;
}
