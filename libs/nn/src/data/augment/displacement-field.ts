// Smooth random displacements for elastic distortion (Simard, Steinkraus and Platt 2003, "Best
// Practices for Convolutional Neural Networks Applied to Visual Document Analysis", §2): white
// noise smoothed by a Gaussian. Smoothing a field for every picture would cost more than training
// on it, so one large field is made, periodic both ways, and a picture gets a window somewhere in
// it: the windows have just the distribution that fields of their own would have.

import type { Random } from '../../engine/random.ts';

/** Side of the field, a power of two: room for 81 windows of 28×28 that do not touch. */
export const fieldSide = 256;

export interface DisplacementField {
  /** [fieldSide, fieldSide], in pixels to the right */
  readonly dx: Float32Array;
  /** [fieldSide, fieldSide], in pixels down */
  readonly dy: Float32Array;
}

/**
 * @param sigma of the Gaussian, in pixels: larger is smoother
 * @param alpha factor on the smoothed noise, which is uniform in ±1 before: larger is stronger
 */
export function createDisplacementField(
  random: Random,
  { sigma, alpha }: { readonly sigma: number; readonly alpha: number },
): DisplacementField {
  const weights = gaussian(sigma);
  const component = () => {
    const noise = new Float32Array(fieldSide * fieldSide);
    for (let i = 0; i < noise.length; i++) noise[i] = alpha * (2 * random.uniform() - 1);
    // Twice along rows, with a transposition in between and after, is along rows and columns.
    return smoothRowsAndTranspose(smoothRowsAndTranspose(noise, weights), weights);
  };
  return { dx: component(), dy: component() };
}

/** Weights at −reach … reach that sum to 1; beyond three σ there is next to nothing. */
function gaussian(sigma: number): Float32Array {
  const reach = Math.max(1, Math.ceil(3 * sigma));
  const weights = Float32Array.from({ length: 2 * reach + 1 }, (_, i) =>
    Math.exp(-((i - reach) ** 2) / (2 * sigma ** 2)),
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map(weight => weight / sum);
}

function smoothRowsAndTranspose(values: Float32Array, weights: Float32Array): Float32Array {
  const reach = weights.length >> 1;
  const smoothed = new Float32Array(values.length);
  const row = new Float32Array(fieldSide + 2 * reach);
  for (let y = 0; y < fieldSide; y++) {
    for (let i = 0; i < row.length; i++) {
      row[i] = values[y * fieldSide + ((i - reach) & (fieldSide - 1))]!;
    }
    for (let x = 0; x < fieldSide; x++) {
      let sum = 0;
      for (let i = 0; i < weights.length; i++) sum += weights[i]! * row[x + i]!;
      smoothed[x * fieldSide + y] = sum;
    }
  }
  return smoothed;
}
