// Statistics of a picture's outermost pixels, which are taken for its background.

import type { Plane } from './picture.ts';

/** All values in grey levels. */
export interface BorderStats {
  /** the median of the border */
  readonly background: number;
  /** the median absolute deviation from it: 0.674 σ of normal noise */
  readonly deviation: number;
  /** whether all of the border has one value */
  readonly isUniform: boolean;
}

/** A plane with its border's statistics, which are kept because measuring them means sorting. */
export interface WithBorderStats {
  readonly plane: Plane;
  readonly border: BorderStats;
}

export function withBorderStats(plane: Plane): WithBorderStats {
  return { plane, border: measureBorder(plane) };
}

/** In grey levels, a tenth of the range: a smaller difference from the background is not visible. */
export const minContrast = 25.5;

/**
 * A picture smaller than this a side has no camera noise, and its border is ink as often as
 * background.
 */
const tinySidePixels = 24;

export function isTiny({ width, height }: Plane): boolean {
  return Math.max(width, height) < tinySidePixels;
}

export function measureBorder(plane: Plane): BorderStats {
  const border = borderValues(plane);
  const [first = 0] = border;
  // True of every clean drawing; sorting would take as long as all other steps together.
  if (border.every(value => value === first)) {
    return { background: first, deviation: 0, isUniform: true };
  }
  const background = sortedMedian(border);
  for (let i = 0; i < border.length; i++) border[i] = Math.abs(border[i]! - background);
  return { background, deviation: deviationOf(border), isUniform: false };
}

/** Of normal noise that is clipped on one side the median is 0.674 σ and the 80th percentile 0.842 σ. */
const medianOverPercentile80 = 0.674 / 0.842;

/** A border crossed by ink has hardly any distances between these fractions of the largest. */
const inkEdge = 0.15;
const maxFractionBetween = 0.2;

/**
 * The median distance, corrected where the noise lies about pure black or white and is clipped on
 * one side: half of the border then seems free of it.
 *
 * @param distances from the background; sorted in place
 */
function deviationOf(distances: Float32Array): number {
  distances.sort();
  const quantile = (fraction: number) => distances[Math.floor(fraction * (distances.length - 1))]!;
  const largest = quantile(1);
  let between = 0;
  for (const distance of distances) {
    if (distance > inkEdge * largest && distance < (1 - inkEdge) * largest) between++;
  }
  if (between < maxFractionBetween * distances.length) {
    return largest < minContrast ? quantile(0.5) : 0;
  }
  const isClipped = quantile(0.4) < quantile(0.8) / 5;
  return isClipped ? medianOverPercentile80 * quantile(0.8) : quantile(0.5);
}

/**
 * The deviation estimated from differences of neighbouring border pixels, which slow changes of
 * light do not affect: median(|a − b|) / √2.
 */
export function measureNeighbourDeviation({ width, height, values }: Plane): number {
  const differences: number[] = [];
  const compare = (from: number, to: number, step: number) => {
    for (let at = from + step; at <= to; at += step) {
      differences.push(Math.abs(values[at]! - values[at - step]!));
    }
  };
  const last = width * (height - 1);
  compare(0, width - 1, 1);
  compare(last, last + width - 1, 1);
  compare(0, last, width);
  compare(width - 1, last + width - 1, width);
  return median(differences) / Math.SQRT2;
}

/** The values along the four sides, in no particular order. */
function borderValues({ width, height, values }: Plane): Float32Array {
  const border = new Float32Array(2 * width + 2 * Math.max(0, height - 2));
  border.set(values.subarray(0, width));
  border.set(values.subarray((height - 1) * width), width);
  let count = 2 * width;
  for (let y = 1; y < height - 1; y++) {
    border[count++] = values[y * width]!;
    border[count++] = values[(y + 1) * width - 1]!;
  }
  return border;
}

/** Sorts the values in place. */
function sortedMedian(values: Float32Array): number {
  return values.sort()[values.length >> 1]!;
}

export function median(values: readonly number[]): number {
  return sortedMedian(Float32Array.from(values));
}
