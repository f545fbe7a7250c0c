// Statistics of a picture's outermost pixels, which are assumed to be background.

import type { Plane } from './picture.ts';

/** Statistics of a picture's border, in grey levels. */
export interface BorderStats {
  /** the median of the border */
  readonly background: number;
  /** the median absolute deviation from `background`: 0.674 σ for normal noise; 0 if ink crosses a clean border */
  readonly deviation: number;
  /** whether all pixels of the border have the same value */
  readonly isUniform: boolean;
}

/** A plane with the statistics of its border, cached because measuring them requires sorting. */
export interface WithBorderStats {
  readonly plane: Plane;
  readonly border: BorderStats;
}

/** Measures the border of a plane. */
export function withBorderStats(plane: Plane): WithBorderStats {
  return { plane, border: measureBorder(plane) };
}

/** Smallest visible difference from the background, in grey levels: a tenth of the range. */
export const minContrast = 25.5;

/**
 * A picture with a smaller side has no camera noise, and its border is as likely to be ink as background.
 */
const tinySidePixels = 24;

/** Whether a side is below `tinySidePixels`. */
export function isTiny({ width, height }: Plane): boolean {
  return Math.max(width, height) < tinySidePixels;
}

/** Computes the statistics of a plane's border. */
export function measureBorder(plane: Plane): BorderStats {
  // The case of every clean drawing; sorting would take as long as all other steps together.
  if (hasUniformBorder(plane)) {
    return { background: plane.values[0]!, deviation: 0, isUniform: true };
  }
  const border = borderValues(plane);
  const exact = findExactBackground(plane, border);
  if (exact !== undefined) return { background: exact, deviation: 0, isUniform: false };
  const background = sortedMedian(border);
  for (let i = 0; i < border.length; i++) border[i] = Math.abs(border[i]! - background);
  return { background, deviation: deviationOf(border), isUniform: false };
}

function hasUniformBorder({ width, height, values }: Plane): boolean {
  const first = values[0]!;
  const last = width * (height - 1);
  for (let x = 0; x < width; x++) {
    if (values[x] !== first || values[last + x] !== first) return false;
  }
  for (let row = width; row < last; row += width) {
    if (values[row] !== first || values[row + width - 1] !== first) return false;
  }
  return true;
}

/** Digits of known collections that fill their pictures are smaller (Semeion, USPS, Optdigits). */
const maxFilledSidePixels = 40;

/** Minimum fraction of a clean drawing's pixels that have exactly the level of its background. */
const minExactFraction = 0.4;

/** Minimum fraction of its border at that level, less than half if the digit fills its box. */
const minExactBorderFraction = 0.25;

/** Pixels within this fraction of the range are fainter than most pixels of an edge, as noise is … */
const faintFraction = 0.25;

/** … and are a smaller fraction of a clean drawing; where noise is clipped, half of its pixels. */
const maxFaintFraction = 0.15;

/**
 * The level of a small clean drawing's background, which covers much of the picture and is its lightest or
 * its darkest. The digit may touch more than half of the border.
 *
 * @returns undefined for a photograph, a drawing with noise, or a large picture
 */
function findExactBackground(
  { width, height, values }: Plane,
  border: Float32Array,
): number | undefined {
  if (Math.max(width, height) > maxFilledSidePixels) return undefined;
  let [lowest, highest] = [values[0]!, values[0]!];
  for (let i = 1; i < values.length; i++) {
    lowest = Math.min(lowest, values[i]!);
    highest = Math.max(highest, values[i]!);
  }
  const corners = [0, width - 1, values.length - width, values.length - 1].map(i => values[i]!);
  const [one, other] = [lowest, highest].flatMap(level => {
    if (countOf(border, level) < minExactBorderFraction * border.length) return [];
    const exact = countExact(values, level, faintFraction * (highest - lowest));
    return exact === undefined ? [] : [{ level, exact, corners: countOf(corners, level) }];
  });
  if (!one || !other) return one?.level;
  const isOne =
    one.corners === other.corners ? one.exact >= other.exact : one.corners > other.corners;
  return isOne ? one.level : other.level;
}

/** Counts the pixels of a level. @returns undefined if they are too few, or too many others are faint */
function countExact(values: Float32Array, level: number, maxFaint: number): number | undefined {
  let exact = 0;
  let faint = 0;
  for (let i = 0; i < values.length; i++) {
    const distance = Math.abs(values[i]! - level);
    if (distance === 0) exact++;
    else if (distance < maxFaint) faint++;
  }
  const isClean =
    exact >= minExactFraction * values.length && faint <= maxFaintFraction * values.length;
  return isClean ? exact : undefined;
}

function countOf(values: ArrayLike<number>, level: number): number {
  let count = 0;
  for (let i = 0; i < values.length; i++) if (values[i] === level) count++;
  return count;
}

/**
 * From the 80th percentile of normal noise that is clipped on one side, 0.842 σ, to the median absolute
 * deviation of unclipped noise, 0.674 σ.
 */
const medianOverPercentile80 = 0.674 / 0.842;

/** Distances within this fraction of 0 or of the largest are background or ink, others between them. */
const inkEdge = 0.15;

/** A border that is crossed by ink has a smaller fraction of distances between; noise has a larger. */
const maxFractionBetween = 0.2;

/**
 * The median distance, corrected if the noise is around pure black or white and therefore clipped on one
 * side, so that half of the border shows none.
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
 * The deviation estimated from the differences of adjacent border pixels: median(|a − b|) / √2. Unlike
 * `deviation` it is not affected by gradual changes of light.
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

/** The median; of an even number of values, the upper one of the middle two. */
export function median(values: readonly number[]): number {
  return sortedMedian(Float32Array.from(values));
}
