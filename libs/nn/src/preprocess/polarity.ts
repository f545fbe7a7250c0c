// Converts grey levels to ink: determines whether ink is darker or lighter than the background, estimates
// the noise, and scales the rest of the contrast to 0…1.

import {
  type BorderStats,
  isTiny,
  measureNeighbourDeviation,
  minContrast,
  type WithBorderStats,
} from './border.ts';
import type { Plane } from './picture.ts';
import { newArrays } from './workspace.ts';

/** Whether the ink is darker or lighter than the background, and its contrast. */
export interface Polarity {
  /** 1: the ink is lighter than the background; −1: darker */
  readonly sign: 1 | -1;
  /** the ink's largest difference from the background, in grey levels */
  readonly contrast: number;
}

/** The ink of a picture and the noise that was removed from it. */
export interface InkWithNoise {
  /** ink in 0…1: 0 is background, 1 the strongest ink */
  readonly plane: Plane;
  /** median absolute deviation of the noise, in grey levels; 0 for a clean drawing */
  readonly noiseDeviation: number;
}

/** The noise floor, in median absolute deviations from the background (about 2.7 σ). */
const noiseReach = 4;

/** Minimum ink in a noisy picture, as a fraction of the strongest; JPEG block edges are fainter. */
const minInkInNoise = 0.1;

/**
 * ink = sign · (value − background) / contrast, set to 0 below the noise floor. Pictures with a uniform
 * border and tiny pictures count as free of noise, which preserves the faint edges of clean drawings.
 *
 * @returns undefined for a blank picture, without sufficient contrast
 */
export function extractInk(
  { plane, border }: WithBorderStats,
  workspace = newArrays,
): InkWithNoise | undefined {
  const { background } = border;
  const { values } = plane;
  const { sign, contrast } = findPolarity(plane, background);
  const noiseDeviation = isTiny(plane) ? 0 : noiseOf(plane, border, contrast);
  const noise = noiseReach * noiseDeviation;
  if (contrast < Math.max(minContrast, noise)) return undefined;

  const floor = noiseDeviation === 0 ? 0 : Math.max(noise / contrast, minInkInNoise);
  const ink = workspace.float32(values.length);
  for (let i = 0; i < values.length; i++) {
    const difference = sign * (values[i]! - background);
    // Most pixels are background, and need no division.
    if (difference <= 0) continue;
    const value = difference / contrast;
    if (value > floor) ink[i] = value;
  }
  return { plane: { ...plane, values: ink }, noiseDeviation };
}

/** In grey levels; residual shadows and camera noise have less contrast. */
const strongContrast = 96;

/**
 * The part of the border's deviation that is noise. In a picture with strong contrast, a large deviation
 * may come from soft ink across the border, which varies smoothly and so is no noise.
 */
function noiseOf(plane: Plane, { deviation }: BorderStats, contrast: number): number {
  if (contrast < strongContrast || contrast >= noiseReach * deviation) return deviation;
  return Math.min(deviation, measureNeighbourDeviation(plane));
}

/** A side covering a larger fraction of the picture is light or shadow if the other side has ink. */
const maxInkFraction = 0.3;

/** Contrast ratio from which the side with the smaller sum is ink nevertheless, … */
const strongerRatio = 2;

/** … if it covers more than this fraction of the picture, which excludes isolated pixels. */
const minInkFraction = 0.005;

/** Fraction of a side's contrast from which a pixel counts as strong. */
const strongFraction = 0.5;

/**
 * Determines the polarity: ink is the side, lighter or darker than the background, with the larger sum of
 * differences. There are two exceptions, where the larger sum is a shadow, a highlight or a stain: it covers
 * a large area and the other side has at least half its contrast, or the other side has more than twice
 * its contrast.
 */
export function findPolarity({ values }: Plane, background: number): Polarity {
  let sum = 0;
  let highest = 0;
  let lowest = 0;
  for (let i = 0; i < values.length; i++) {
    const difference = values[i]! - background;
    sum += difference;
    if (difference > highest) highest = difference;
    if (difference < lowest) lowest = difference;
  }
  const light: Polarity = { sign: 1, contrast: highest };
  const dark: Polarity = { sign: -1, contrast: -lowest };
  const [heavier, other] = sum >= 0 ? [light, dark] : [dark, light];
  if (other.contrast < strongFraction * heavier.contrast) return heavier;
  if (fractionOfStrong(values, background, heavier) > maxInkFraction) return other;
  const isMuchStronger =
    other.contrast > strongerRatio * heavier.contrast &&
    fractionOfStrong(values, background, other) > minInkFraction;
  return isMuchStronger ? other : heavier;
}

/** Fraction of the pixels that differ from the background by at least half of the contrast. */
function fractionOfStrong(
  values: Float32Array,
  background: number,
  { sign, contrast }: Polarity,
): number {
  let strong = 0;
  for (let i = 0; i < values.length; i++) {
    if (sign * (values[i]! - background) >= strongFraction * contrast) strong++;
  }
  return strong / values.length;
}
