// A separable Gaussian blur, first horizontal and then vertical, in float64. Unlike the smoothing of
// displacement fields in data/augment it is not periodic.

import { gaussianKernel } from '../../data/augment/elastic-distortion.ts';
import { side } from './corruption.ts';

/** Standard deviations at which the kernel is cut off, as in scikit-image. */
const truncation = 4;

/**
 * Blurs an image.
 *
 * @param values [28, 28]; edge pixels are repeated outside
 * @param sigma in pixels
 * @returns [28, 28], a new array
 */
export function gaussianBlur(values: ArrayLike<number>, sigma: number): Float64Array {
  const radius = Math.floor(truncation * sigma + 0.5);
  const kernel = gaussianKernel(new Float64Array(2 * radius + 1), sigma);
  return convolve(convolve(values, kernel, 1, side), kernel, side, 1);
}

/** Convolves lines: `along` is the stride within a line, `across` the stride between lines. */
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
