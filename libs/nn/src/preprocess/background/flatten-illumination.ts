// Illumination flattening: removes smooth uneven light (a lamp to one side, a soft shadow, vignetting)
// from a photograph, by subtracting a polynomial surface fitted to the background with robust
// regression. Sharp edges of shadows are not removed.

import { isTiny, measureBorder, median, type WithBorderStats } from '../border.ts';
import type { Plane } from '../picture.ts';
import {
  alongRow,
  fitSurface,
  heightAt,
  type PolynomialSurface,
  type SurfaceSamples,
  termsOf,
  writePowers,
} from './polynomial-surface.ts';

/** Flattening is applied only if it reduces the border's deviation below this fraction. */
const maxRemainingFraction = 0.5;

/** Degree of the surface that the border must approximate for the unevenness to count as light. */
const borderDegree = 2;

/** Degrees of the successive fits; degree 4 models a lamp or a soft shadow. */
const degrees = [2, 2, 4, 4, 4] as const;

/** Iterations of reweighting by 1 / distance, which approximate the least absolute deviations fit. */
const planeFits = 8;

/** A pixel within this many deviations of the surface counts as background (about 2.7 σ). */
const backgroundReach = 4;

/** A degree-4 surface has 15 coefficients and needs no more samples than this a side. */
const samplesPerSide = 40;

/**
 * Subtracts the illumination and measures the border again.
 *
 * @returns the input's plane and border if its light is even, or is not smooth
 */
export function flattenIllumination({ plane, border }: WithBorderStats): WithBorderStats {
  const unchanged = { plane, border };
  if (border.deviation === 0 || isTiny(plane)) return unchanged;
  const surface = findBackground(sample(plane), maxRemainingFraction * border.deviation);
  if (!surface) return unchanged;
  const flattened = subtract(plane, surface, border.background);
  const measured = measureBorder(flattened);
  const isBetter = measured.deviation < maxRemainingFraction * border.deviation;
  return isBetter ? { plane: flattened, border: measured } : unchanged;
}

interface GridSamples extends SurfaceSamples {
  /** indices of the samples on the picture's border */
  readonly border: readonly number[];
}

/**
 * Fits the background surface: first to the border, then to all samples near the last fit.
 *
 * @returns undefined if the border deviates by more than `maxDeviation` from any simple surface
 */
function findBackground(samples: GridSamples, maxDeviation: number): PolynomialSurface | undefined {
  const { border } = samples;
  const onBorder = new Set(border);
  const deviation = (distances: Float64Array) => median(border.map(i => distances[i]!));
  const simple = fitSurface(samples, i => (onBorder.has(i) ? 1 : 0), borderDegree);
  if (!simple || deviation(distancesFrom(simple, samples)) > maxDeviation) return undefined;

  let surface = fitPlane(samples);
  for (const degree of degrees) {
    if (!surface) return undefined;
    const distances = distancesFrom(surface, samples);
    const reach = Math.max(1, backgroundReach * deviation(distances));
    surface = fitSurface(samples, i => (distances[i]! <= reach ? 1 : 0), degree);
  }
  return surface;
}

/** Fits a plane to the border robustly, so that ink along a whole edge has little influence. */
function fitPlane(samples: GridSamples): PolynomialSurface | undefined {
  const weights = new Float64Array(samples.values.length);
  for (const i of samples.border) weights[i] = 1;
  let plane: PolynomialSurface | undefined;
  for (let fit = 0; fit < planeFits; fit++) {
    plane = fitSurface(samples, i => weights[i]!, 1);
    if (!plane) return undefined;
    for (const i of samples.border) weights[i] = 1 / Math.max(1, distanceFrom(plane, samples, i));
  }
  return plane;
}

function distancesFrom(surface: PolynomialSurface, samples: SurfaceSamples): Float64Array {
  return samples.values.map((_, i) => distanceFrom(surface, samples, i));
}

function distanceFrom(surface: PolynomialSurface, samples: SurfaceSamples, index: number): number {
  return Math.abs(samples.values[index]! - heightAt(surface, samples, index));
}

/** Samples a grid of pixels over the whole picture, including its border. */
function sample({ width, height, values }: Plane): GridSamples {
  const points = grid(height).flatMap(row => grid(width).map(column => ({ row, column })));
  const terms = termsOf(Math.max(...degrees));
  const powers = new Float64Array(points.length * terms);
  const border: number[] = [];
  for (const [i, { row, column }] of points.entries()) {
    const own = powers.subarray(i * terms, (i + 1) * terms);
    writePowers(own, scaled(column, width), scaled(row, height));
    const isInside = row > 0 && column > 0 && row < height - 1 && column < width - 1;
    if (!isInside) border.push(i);
  }
  const light = Float64Array.from(points, ({ row, column }) => values[row * width + column]!);
  return { values: light, powers, terms, border };
}

function grid(length: number): number[] {
  const count = Math.min(length, samplesPerSide);
  return Array.from({ length: count }, (_, i) =>
    Math.round((i * (length - 1)) / Math.max(1, count - 1)),
  );
}

/** Maps an index 0 … length − 1 to −1 … 1. */
function scaled(index: number, length: number): number {
  return (2 * index) / Math.max(1, length - 1) - 1;
}

/** values − surface + level */
function subtract(
  { width, height, values }: Plane,
  surface: PolynomialSurface,
  level: number,
): Plane {
  const flattened = new Float32Array(values.length);
  for (let row = 0; row < height; row++) {
    const coefficients = alongRow(surface, scaled(row, height));
    for (let column = 0; column < width; column++) {
      const x = scaled(column, width);
      // Horner's method.
      let background = 0;
      for (let i = coefficients.length - 1; i >= 0; i--) {
        background = background * x + coefficients[i]!;
      }
      flattened[row * width + column] = values[row * width + column]! - background + level;
    }
  }
  return { width, height, values: flattened };
}
