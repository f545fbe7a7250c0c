// A polynomial through scattered points: the shape of the light on a sheet, near enough.

/** Of 1, x, y, x², xy, y², x³ … up to a degree. */
export type Surface = Float64Array;

/** How many coefficients a polynomial of x and y has. */
export function termsOf(degree: number): number {
  return ((degree + 1) * (degree + 2)) / 2;
}

/** Points of a picture, with coordinates in −1…1 so that their powers keep their size. */
export interface Samples {
  /** [count] */
  readonly values: Float64Array;
  /** [count, terms], the powers of x and y in the order of a surface's coefficients */
  readonly powers: Float64Array;
  readonly terms: number;
}

/** A pivot below this means that the points do not determine the surface. */
const leastPivot = 1e-6;

export function writePowers(powers: Float64Array, x: number, y: number): void {
  powers[0] = 1;
  for (let sum = 1, at = 1; at < powers.length; sum++) {
    for (let i = 0; i < sum; i++, at++) powers[at] = powers[at - sum]! * x;
    powers[at] = powers[at - sum - 1]! * y;
    at++;
  }
}

/**
 * The least squares fit.
 *
 * @param weightOf how much a sample counts; 0 for not at all
 * @returns null where they do not determine it
 */
export function fitSurface(
  { values, powers, terms }: Samples,
  weightOf: (sample: number) => number,
  degree: number,
): Surface | null {
  const size = termsOf(degree);
  // The normal equations, each row with its right side at the end: [size, size + 1]
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
  return solve(rows, leastPivot * total);
}

export function heightAt(surface: Surface, { powers, terms }: Samples, sample: number): number {
  let height = 0;
  for (let i = 0; i < surface.length; i++) height += surface[i]! * powers[sample * terms + i]!;
  return height;
}

/** What the surface is along a row of the picture: the coefficients of 1, x, x² … */
export function alongRow(surface: Surface, y: number): Float64Array {
  const row = new Float64Array(surface.length);
  let degree = 0;
  for (let at = 0; at < surface.length; degree++) {
    for (let power = 0; power <= degree; power++)
      row[degree - power]! += surface[at++]! * y ** power;
  }
  return row.subarray(0, degree);
}

/** Gauss-Jordan; normal equations are positive definite, so no rows need to be swapped. */
function solve(rows: readonly Float64Array[], least: number): Surface | null {
  for (const [i, row] of rows.entries()) {
    const pivot = row[i]!;
    if (!(pivot > least)) return null;
    for (let k = 0; k < row.length; k++) row[k]! /= pivot;
    for (const other of rows) {
      if (other === row) continue;
      const factor = other[i]!;
      for (let k = 0; k < row.length; k++) other[k]! -= factor * row[k]!;
    }
  }
  return Float64Array.from(rows, row => row.at(-1)!);
}
