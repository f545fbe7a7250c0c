// The outermost pixels of a picture, which are taken for its background.

import type { Plane } from './picture.ts';

/** In grey levels. */
export interface Border {
  /** The median. */
  readonly background: number;
  /** The median of the distances from it, or what it would be of noise: 0.674 σ. */
  readonly deviation: number;
  /** Whether all of it is the same. */
  readonly isUniform: boolean;
}

/** A picture and its border, which is measured as seldom as can be: sorting it takes long. */
export interface Lit {
  readonly light: Plane;
  readonly border: Border;
}

export function withBorder(light: Plane): Lit {
  return { light, border: measureBorder(light) };
}

/** A tenth of the range, in grey levels: what differs by less does not stand out. */
export const leastContrast = 25.5;

export function measureBorder(plane: Plane): Border {
  const border = borderValues(plane);
  const [first = 0] = border;
  // As in every clean drawing; sorting takes as long as the rest of the preprocessing.
  if (border.every(value => value === first)) {
    return { background: first, deviation: 0, isUniform: true };
  }
  const background = sortedMedian(border);
  for (let i = 0; i < border.length; i++) border[i] = Math.abs(border[i]! - background);
  return { background, deviation: deviationOf(border), isUniform: false };
}

/** Of noise that is clipped on one side the median distance would be 0.674 σ; 80 % are below 0.842 σ. */
const medianOverHigh = 0.674 / 0.842;

/** Ink that crosses the border is as strong as ink is, or absent; hardly anything lies between. */
const inkEdge = 0.15;
const mostBetween = 0.2;

/**
 * Noise about pure black or white shows on one side only, and half of the border seems to be without:
 * then what most distances are below tells more than the median.
 *
 * @param distances from the background; sorted in place
 */
function deviationOf(distances: Float32Array): number {
  distances.sort();
  const at = (share: number) => distances[Math.floor(share * (distances.length - 1))]!;
  const strongest = at(1);
  let between = 0;
  for (const distance of distances) {
    if (distance > inkEdge * strongest && distance < (1 - inkEdge) * strongest) between++;
  }
  if (between < mostBetween * distances.length) return strongest < leastContrast ? at(0.5) : 0;
  const isClipped = at(0.4) < at(0.8) / 5;
  return isClipped ? medianOverHigh * at(0.8) : at(0.5);
}

/**
 * The deviation as it would be if each pixel of the border differed from the next by noise alone: that
 * of a difference is √2 times as large.
 */
export function measureGrain({ width, height, values }: Plane): number {
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

/** The values along the four sides, in no order. */
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
