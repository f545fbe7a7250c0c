// Fits a polynomial in x and y to scattered samples by weighted least squares.

/** Coefficients of 1, x, y, x², xy, y², x³ … up to a degree. */
export type PolynomialSurface = Float64Array;

/** Samples of a picture; coordinates are scaled to −1…1, so that their powers do not grow. */
export interface SurfaceSamples {
  /** [count] */
  readonly values: Float64Array;
  /** [count, terms] the powers of x and y in the order of a surface's coefficients */
  readonly powers: Float64Array;
  readonly terms: number;
}

/** Minimum pivot; with a smaller one the samples do not determine the surface. */
const minPivot = 1e-6;

/** @returns the number of coefficients of a polynomial in x and y: (d + 1)(d + 2) / 2 */
export function termsOf(degree: number): number {
  return ((degree + 1) * (degree + 2)) / 2;
}

/** Fills `powers` with 1, x, y, x², xy, y² … */
export function writePowers(powers: Float64Array, x: number, y: number): void {
  powers[0] = 1;
  for (let sum = 1, at = 1; at < powers.length; sum++) {
    for (let i = 0; i < sum; i++, at++) powers[at] = powers[at - sum]! * x;
    powers[at] = powers[at - sum - 1]! * y;
    at++;
  }
}

/**
 * Fits a surface by the normal equations.
 *
 * @param weightOf a sample's weight; samples of weight 0 are ignored
 * @returns undefined if the samples do not determine it
 */
export function fitSurface(
  { values, powers, terms }: SurfaceSamples,
  weightOf: (sample: number) => number,
  degree: number,
): PolynomialSurface | undefined {
  const size = termsOf(degree);
  // [size, size + 1], with the right-hand side in the last column.
  const rows = Array.from({ length: size }, () => new Float64Array(size + 1));
  let total = 0;
  for (const [sample, value] of values.entries()) {
    const weight = weightOf(sample);
    if (weight === 0) continue;
    total += weight;
    for (const [i, row] of rows.entries()) {
      const power = weight * powers[sample * terms + i]!;
      for (let j = 0; j < size; j++) row[j]! += power * powers[sample * terms + j]!;
      row[size]! += power * value;
    }
  }
  return solve(rows, minPivot * total);
}

/** @returns the surface's value at a sample */
export function heightAt(
  surface: PolynomialSurface,
  { powers, terms }: SurfaceSamples,
  sample: number,
): number {
  let height = 0;
  for (let i = 0; i < surface.length; i++) height += surface[i]! * powers[sample * terms + i]!;
  return height;
}

/** @returns the coefficients of 1, x, x² … along the row at y */
export function alongRow(surface: PolynomialSurface, y: number): Float64Array {
  const row = new Float64Array(surface.length);
  let degree = 0;
  for (let at = 0; at < surface.length; degree++) {
    for (let power = 0; power <= degree; power++) {
      row[degree - power]! += surface[at++]! * y ** power;
    }
  }
  return row.subarray(0, degree);
}

/** Gauss-Jordan elimination; no pivoting is needed, as normal equations are positive definite. */
function solve(rows: readonly Float64Array[], minimum: number): PolynomialSurface | undefined {
  for (const [i, row] of rows.entries()) {
    const pivot = row[i]!;
    if (!(pivot > minimum)) return undefined;
    for (let k = 0; k < row.length; k++) row[k]! /= pivot;
    for (const other of rows) {
      if (other === row) continue;
      const factor = other[i]!;
      for (let k = 0; k < row.length; k++) other[k]! -= factor * row[k]!;
    }
  }
  return Float64Array.from(rows, row => row.at(-1)!);
}
