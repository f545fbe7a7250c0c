// From grey levels to ink: decides whether the ink is darker or lighter than the background, how
// much of the contrast is noise, and scales the rest to 0…1.

import {
  type BorderStats,
  isTiny,
  measureNeighbourDeviation,
  minContrast,
  type WithBorderStats,
} from './border.ts';
import type { Plane } from './picture.ts';

export interface Polarity {
  /** 1: the ink is lighter than the background; −1: darker */
  readonly sign: 1 | -1;
  /** the ink's largest difference from the background, in grey levels */
  readonly contrast: number;
}

export interface InkWithNoise {
  /** ink in 0…1: 0 where there is none, 1 where it is strongest */
  readonly plane: Plane;
  /** deviation of the noise in grey levels; 0 for a clean drawing */
  readonly noiseDeviation: number;
}

/** Noise reaches this many median deviations from the background (about 2.7 σ). */
const noiseReach = 4;

/** Faintest ink in a noisy picture, as a fraction of the strongest; JPEG block edges are fainter. */
const minInkInNoise = 0.1;

/**
 * ink = sign · (value − background) / contrast, set to 0 below the noise floor. A uniform border
 * counts as free of noise, and so does a tiny picture, which keeps a clean drawing's faint edges.
 *
 * @returns undefined where nothing stands out: a blank picture
 */
export function extractInk({ plane, border }: WithBorderStats): InkWithNoise | undefined {
  const { background } = border;
  const { values } = plane;
  const { sign, contrast } = findPolarity(plane, background);
  const noiseDeviation = isTiny(plane) ? 0 : noiseOf(plane, border, contrast);
  const noise = noiseReach * noiseDeviation;
  if (contrast < Math.max(minContrast, noise)) return undefined;

  const floor = noiseDeviation === 0 ? 0 : Math.max(noise / contrast, minInkInNoise);
  const ink = new Float32Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = (sign * (values[i]! - background)) / contrast;
    ink[i] = value > floor ? value : 0;
  }
  return { plane: { ...plane, values: ink }, noiseDeviation };
}

/** In grey levels; flattened shadows and camera grain have less contrast. */
const strongContrast = 96;

/**
 * The part of the border's deviation that is noise. A picture with strong contrast whose border
 * seems to be nothing but noise may have soft ink across its border, which varies smoothly.
 */
function noiseOf(plane: Plane, { deviation }: BorderStats, contrast: number): number {
  if (contrast < strongContrast || contrast >= noiseReach * deviation) return deviation;
  return Math.min(deviation, measureNeighbourDeviation(plane));
}

/** A larger fraction of the picture is no ink, if the other side has some: it is light or shadow. */
const maxInkFraction = 0.3;

/** Contrast ratio from which the lighter-weighted side is ink all the same… */
const strongerRatio = 2;

/** …if it covers more than this fraction of the picture, not a few stray pixels. */
const minInkFraction = 0.005;

/** A pixel is strong from this fraction of the contrast on its own side. */
const strongFraction = 0.5;

/**
 * Ink is the side of the background with the larger sum of differences. The exceptions are a large
 * area and a faint one, where something smaller on the other side has similar or more contrast:
 * then the larger sum belongs to a part of the sheet in other light, or a stain.
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
