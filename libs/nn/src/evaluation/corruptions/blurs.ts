// Blurs: seen through frosted glass, and by a camera that moved.

import { between } from '../../engine/random.ts';
import { type Corruption, imageOf, side } from './corruption.ts';
import { gaussianBlur } from './gaussian.ts';

/** MNIST-C's severity 1: blurred, shuffled twice over one pixel, and blurred again. */
const glass = { sigma: 0.7, shuffles: 2 } as const;

export const glassBlur: Corruption = (picture, random) => {
  const shuffled = gaussianBlur(picture, glass.sigma).map(Math.floor);
  for (let time = 0; time < glass.shuffles; time++) {
    // As published, from the last pixel on, half of them change places with one up or left.
    for (let y = side - 1; y > 1; y--) {
      for (let x = side - 1; x > 1; x--) {
        if (random.uniform() < 0.5) continue;
        const other = (y - random.below(2)) * side + x - random.below(2);
        const kept = shuffled[y * side + x]!;
        shuffled[y * side + x] = shuffled[other]!;
        shuffled[other] = kept;
      }
    }
  }
  const blurred = gaussianBlur(shuffled, glass.sigma);
  return imageOf((x, y) => blurred[y * side + x]!);
};

/** MNIST-C's severity 1: as far as `radius` allows, fading by `sigma`; degrees to either side. */
const motion = { radius: 10, sigma: 3, angle: 45 } as const;

/** Half a bell in one direction, as ImageMagick smears; at the edge the nearest pixel goes on. */
export const motionBlur: Corruption = (picture, random) => {
  const angle = (between(-motion.angle, motion.angle, random) * Math.PI) / 180;
  const steps = Array.from({ length: 2 * motion.radius + 1 }, (_, i) => ({
    dx: Math.ceil(i * Math.cos(angle) - 0.5),
    dy: Math.ceil(i * Math.sin(angle) - 0.5),
    weight: Math.exp(-(i * i) / (2 * motion.sigma ** 2)),
  }));
  const total = steps.reduce((sum, { weight }) => sum + weight, 0);
  const clamp = (index: number) => Math.min(side - 1, Math.max(0, index));
  return imageOf((x, y) => {
    let sum = 0;
    for (const { dx, dy, weight } of steps) {
      sum += weight * picture[clamp(y + dy) * side + clamp(x + dx)]!;
    }
    return sum / total;
  });
};
