// Displacement fields for elastic distortion (Simard, Steinkraus and Platt 2003, §2): white noise smoothed
// by a Gaussian. All images of an epoch use windows at random positions in one large periodic field: the
// same distribution as a field for each image, which would cost more time than training.

import type { Random } from '../../engine/random.ts';

/** Side of the field in pixels, a power of two; room for 81 disjoint windows of 28×28. */
export const fieldSide = 256;

/** A displacement for every pixel, periodic in both directions. */
export interface DisplacementField {
  /** [fieldSide, fieldSide], in pixels to the right */
  readonly dx: Float32Array;
  /** [fieldSide, fieldSide], in pixels down */
  readonly dy: Float32Array;
}

/** The parameters of elastic distortion. */
export interface ElasticDistortion {
  /** standard deviation of the Gaussian in pixels: larger is smoother */
  readonly sigma: number;
  /** factor on the smoothed noise, which is uniform in ±1 before smoothing: larger is stronger */
  readonly alpha: number;
}

/** Draws a random displacement field. */
export function createDisplacementField(
  random: Random,
  { sigma, alpha }: ElasticDistortion,
): DisplacementField {
  // Beyond three σ the weights are negligible.
  const radius = Math.max(1, Math.ceil(3 * sigma));
  const kernel = gaussianKernel(new Float32Array(2 * radius + 1), sigma);
  const component = () => {
    const noise = new Float32Array(fieldSide * fieldSide);
    for (let i = 0; i < noise.length; i++) noise[i] = alpha * (2 * random.uniform() - 1);
    // Smoothing rows and transposing, twice, smooths rows and columns.
    return smoothRowsAndTranspose(smoothRowsAndTranspose(noise, kernel), kernel);
  };
  return { dx: component(), dy: component() };
}

/**
 * Fills a kernel with exp(−(i − radius)² / 2σ²), normalised to a sum of 1 in the array's precision.
 *
 * @param kernel [2 · radius + 1], overwritten
 * @returns the same array
 */
export function gaussianKernel<Kernel extends Float32Array | Float64Array>(
  kernel: Kernel,
  sigma: number,
): Kernel {
  const radius = (kernel.length - 1) / 2;
  let sum = 0;
  for (let i = 0; i < kernel.length; i++) {
    kernel[i] = Math.exp(-((i - radius) ** 2) / (2 * sigma * sigma));
    sum += kernel[i]!;
  }
  for (let i = 0; i < kernel.length; i++) kernel[i]! /= sum;
  return kernel;
}

function smoothRowsAndTranspose(values: Float32Array, kernel: Float32Array): Float32Array {
  const radius = kernel.length >> 1;
  const smoothed = new Float32Array(values.length);
  const row = new Float32Array(fieldSide + 2 * radius);
  for (let y = 0; y < fieldSide; y++) {
    for (let i = 0; i < row.length; i++) {
      row[i] = values[y * fieldSide + ((i - radius) & (fieldSide - 1))]!;
    }
    for (let x = 0; x < fieldSide; x++) {
      let sum = 0;
      for (let i = 0; i < kernel.length; i++) sum += kernel[i]! * row[x + i]!;
      smoothed[x * fieldSide + y] = sum;
    }
  }
  return smoothed;
}
