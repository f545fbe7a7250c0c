// Removes impulse noise (salt and pepper) with a median filter. As it would round off strokes, it is applied
// only in pictures with many impulses, and only to pixels that differ from their neighbours (rank-ordered
// absolute differences: Garnett, Huegerich, Chui and He 2005).

import { minContrast, type WithBorderStats, withBorderStats } from '../border.ts';
import type { Plane } from '../picture.ts';

/** Larger pictures do not need the filter: scaling to 20×20 averages impulses out. */
const maxPixels = 256 * 256;

/** Two pixels are alike if they differ by less than this fraction of the picture's range. */
const alikeFraction = 0.5;

/**
 * Fraction of isolated pixels, unlike all their neighbours, above which a picture counts as noisy. No MNIST training
 * image reaches it; with 2 % impulses, half of them in the ink's shade, the fraction is 0.9 %.
 */
const minIsolatedFraction = 0.006;

/** A pixel with fewer like neighbours is an impulse; docs/experiments.md compares 2, 3 and 4. */
const minAlikeNeighbours = 3;

/**
 * Replaces impulses by the median of their neighbours in a picture with many of them.
 *
 * @returns the same object if there are few
 */
export function removeImpulseNoise(input: WithBorderStats): WithBorderStats {
  const { plane, border } = input;
  if (border.isUniform || plane.values.length > maxPixels) return input;
  const maxDifference = alikeFraction * rangeOf(plane);
  if (maxDifference < minContrast) return input;
  const alike = countAlike(plane, maxDifference);
  const isolated = alike.reduce((sum, count) => sum + (count === 0 ? 1 : 0), 0);
  if (isolated < minIsolatedFraction * alike.length) return input;
  return withBorderStats(replaceImpulses(plane, alike));
}

function rangeOf({ values }: Plane): number {
  let [lowest, highest] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    lowest = Math.min(lowest, values[i]!);
    highest = Math.max(highest, values[i]!);
  }
  return highest - lowest;
}

/** @returns for each pixel, how many of its eight neighbours differ by less than `maxDifference` */
function countAlike(plane: Plane, maxDifference: number): Uint8Array {
  const { values } = plane;
  const counts = new Uint8Array(values.length);
  const around = new Float32Array(8);
  for (let i = 0; i < values.length; i++) {
    const count = neighboursOf(plane, i, around);
    let alike = 0;
    for (let n = 0; n < count; n++) if (Math.abs(around[n]! - values[i]!) < maxDifference) alike++;
    counts[i] = alike;
  }
  return counts;
}

function replaceImpulses(plane: Plane, alike: Uint8Array): Plane {
  const values = plane.values.slice();
  const around = new Float32Array(8);
  for (let i = 0; i < values.length; i++) {
    if (alike[i]! >= minAlikeNeighbours) continue;
    const count = neighboursOf(plane, i, around);
    values[i] = around.subarray(0, count).sort()[count >> 1]!;
  }
  return { ...plane, values };
}

/** Writes a pixel's neighbours to `around` and returns their number, which is less than 8 at edges. */
function neighboursOf({ width, height, values }: Plane, pixel: number, around: Float32Array) {
  const x = pixel % width;
  const y = (pixel - x) / width;
  let count = 0;
  for (let row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row++) {
    for (let column = Math.max(0, x - 1); column <= Math.min(width - 1, x + 1); column++) {
      const neighbour = row * width + column;
      if (neighbour !== pixel) around[count++] = values[neighbour]!;
    }
  }
  return count;
}
