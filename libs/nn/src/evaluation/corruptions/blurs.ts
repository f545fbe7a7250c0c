// Blur corruptions: glass blur and motion blur.

import { between } from '../../engine/random.ts';
import { type Corruption, imageOf, side } from './corruption.ts';
import { gaussianBlur } from './gaussian.ts';

/** MNIST-C's severity 1: `sigma` of both blurs in pixels, `swaps` passes of swapping pixels. */
const glass = { sigma: 0.7, swaps: 2 } as const;

/** Blurs, swaps neighbouring pixels and blurs again, like frosted glass. */
export const glassBlur: Corruption = (image, random) => {
  const swapped = gaussianBlur(image, glass.sigma).map(Math.floor);
  for (let pass = 0; pass < glass.swaps; pass++) {
    // As in the published code: backwards from the last pixel, half of them are swapped with one up or left.
    for (let y = side - 1; y > 1; y--) {
      for (let x = side - 1; x > 1; x--) {
        if (random.uniform() < 0.5) continue;
        const other = (y - random.below(2)) * side + x - random.below(2);
        const kept = swapped[y * side + x]!;
        swapped[y * side + x] = swapped[other]!;
        swapped[other] = kept;
      }
    }
  }
  const blurred = gaussianBlur(swapped, glass.sigma);
  return imageOf((x, y) => blurred[y * side + x]!);
};

/** MNIST-C's severity 1: `radius` in pixels, `sigma` of the weights, `angle` ± degrees. */
const motion = { radius: 10, sigma: 3, angle: 45 } as const;

/** Blurs along a line with one half of a Gaussian, as ImageMagick does; edge pixels are repeated outside. */
export const motionBlur: Corruption = (image, random) => {
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
      sum += weight * image[clamp(y + dy) * side + clamp(x + dx)]!;
    }
    return sum / total;
  });
};
