// Taking the light out of a photograph: a lamp to one side, a soft shadow, the dark corners of a
// lens. Only a smooth slope or bulge is seen; the sharp edge of a shadow stays.

import { type Lit, measureBorder, median } from './border.ts';
import {
  alongRow,
  fitSurface,
  heightAt,
  type Samples,
  type Surface,
  termsOf,
  writePowers,
} from './light-surface.ts';
import type { Plane } from './picture.ts';

/** Evening pays where it leaves less than this share of the border's deviation. */
const worthwhileShare = 0.5;

/** What the border must nearly follow for it to be light. */
const borderDegree = 2;

/** The search ends with what a lamp or a soft shadow makes of a sheet. */
const degrees = [2, 2, 4, 4, 4] as const;

/** Weighing each pixel by its distance from the last fit comes near the least sum of distances. */
const planeFits = 8;

/** Within so many deviations of the border a pixel counts as background (about 2.7 σ). */
const backgroundReach = 4;

/** Fifteen coefficients need no more samples than this a side. */
const samplesPerSide = 40;

/**
 * The picture in even light, with its border measured again; the same picture where its light is
 * even already, or uneven in no smooth way.
 */
export function evenLight({ light, border }: Lit): Lit {
  const surface = findBackground(sample(light), worthwhileShare * border.deviation);
  if (!surface) return { light, border };
  const evened = subtract(light, surface, border.background);
  const measured = measureBorder(evened);
  const isWorthwhile = measured.deviation < worthwhileShare * border.deviation;
  return isWorthwhile ? { light: evened, border: measured } : { light, border };
}

interface PlacedSamples extends Samples {
  /** Which of them lie on the picture's border. */
  readonly border: readonly number[];
}

/**
 * First the border is taken for background, then whatever lies near the surface found so far.
 *
 * @returns null where the border deviates by more than `mostDeviation` from any simple surface
 */
function findBackground(samples: PlacedSamples, mostDeviation: number): Surface | null {
  const { border } = samples;
  const onBorder = new Set(border);
  const deviation = (distances: Float64Array) => median(border.map(i => distances[i]!));
  const simple = fitSurface(samples, i => (onBorder.has(i) ? 1 : 0), borderDegree);
  if (!simple || deviation(distancesFrom(simple, samples)) > mostDeviation) return null;

  let surface = fitPlane(samples);
  for (const degree of degrees) {
    if (!surface) return null;
    const distances = distancesFrom(surface, samples);
    const reach = Math.max(1, backgroundReach * deviation(distances));
    surface = fitSurface(samples, i => (distances[i]! <= reach ? 1 : 0), degree);
  }
  return surface;
}

/** Through most of the border: ink along a whole edge bends it little. */
function fitPlane(samples: PlacedSamples): Surface | null {
  const weights = new Float64Array(samples.values.length);
  for (const i of samples.border) weights[i] = 1;
  let plane: Surface | null = null;
  for (let fit = 0; fit < planeFits; fit++) {
    plane = fitSurface(samples, i => weights[i]!, 1);
    if (!plane) return null;
    for (const i of samples.border) weights[i] = 1 / Math.max(1, distanceFrom(plane, samples, i));
  }
  return plane;
}

function distancesFrom(surface: Surface, samples: Samples): Float64Array {
  return samples.values.map((_, i) => distanceFrom(surface, samples, i));
}

function distanceFrom(surface: Surface, samples: Samples, sample: number): number {
  return Math.abs(samples.values[sample]! - heightAt(surface, samples, sample));
}

/** Pixels of a grid over the whole picture, its border included. */
function sample({ width, height, values }: Plane): PlacedSamples {
  const points = grid(height).flatMap(row => grid(width).map(column => ({ row, column })));
  const terms = termsOf(Math.max(...degrees));
  const powers = new Float64Array(points.length * terms);
  const border: number[] = [];
  for (const [i, { row, column }] of points.entries()) {
    const here = powers.subarray(i * terms, (i + 1) * terms);
    writePowers(here, scaled(column, width), scaled(row, height));
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

/** −1…1 */
function scaled(index: number, length: number): number {
  return (2 * index) / Math.max(1, length - 1) - 1;
}

/** @param level what the surface becomes */
function subtract({ width, height, values }: Plane, surface: Surface, level: number): Plane {
  const evened = new Float32Array(values.length);
  for (let row = 0; row < height; row++) {
    const light = alongRow(surface, scaled(row, height));
    for (let column = 0; column < width; column++) {
      const x = scaled(column, width);
      // Horner's rule.
      let background = 0;
      for (let i = light.length - 1; i >= 0; i--) background = background * x + light[i]!;
      evened[row * width + column] = values[row * width + column]! - background + level;
    }
  }
  return { width, height, values: evened };
}
