// Blurring by a Gaussian, both ways one after the other.

import { side } from './corruption.ts';

/** Standard deviations after which the bell counts as over, as in scikit-image. */
const reach = 4;

/**
 * @param values [28, 28]; outside, the nearest pixel of the edge goes on
 * @param sigma in pixels
 * @returns [28, 28], a new array
 */
export function gaussianBlur(values: ArrayLike<number>, sigma: number): Float64Array {
  const kernel = gaussianKernel(sigma);
  return convolve(convolve(values, kernel, 1, side), kernel, side, 1);
}

/** [2 · radius + 1], sums to 1 */
function gaussianKernel(sigma: number): Float64Array {
  const radius = Math.floor(reach * sigma + 0.5);
  const values = Float64Array.from({ length: 2 * radius + 1 }, (_, i) =>
    Math.exp(-((i - radius) ** 2) / (2 * sigma * sigma)),
  );
  const sum = values.reduce((total, value) => total + value, 0);
  return values.map(value => value / sum);
}

/** Along lines whose pixels lie `along` apart, and which lie `across` apart themselves. */
function convolve(
  values: ArrayLike<number>,
  kernel: Float64Array,
  along: number,
  across: number,
): Float64Array {
  const radius = (kernel.length - 1) / 2;
  const result = new Float64Array(side * side);
  for (let line = 0; line < side; line++) {
    for (let at = 0; at < side; at++) {
      let sum = 0;
      for (let k = -radius; k <= radius; k++) {
        const near = Math.min(side - 1, Math.max(0, at + k));
        sum += kernel[k + radius]! * values[line * across + near * along]!;
      }
      result[line * across + at * along] = sum;
    }
  }
  return result;
}
