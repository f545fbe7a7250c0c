// Light → ink: which way round the picture is, how much of it is noise, and how dark its ink.

import { levelBands } from './bands.ts';
import { type Border, leastContrast, measureGrain } from './border.ts';
import { hasGap, inkBounds } from './bounds.ts';
import { evenLight } from './even-light.ts';
import { removeFaint } from './faint.ts';
import { peelRings, reachesEdge, removeFrameLines } from './frame.ts';
import { removeImpulses } from './impulses.ts';
import { findIslands } from './islands.ts';
import type { Plane } from './picture.ts';
import { shrinkBlocks } from './pixel-blocks.ts';
import { findPolarity } from './polarity.ts';
import { removeSpecks } from './specks.ts';

/** Noise reaches this many median deviations; what is fainter is background (about 2.7 σ). */
const noiseReach = 4;

/** The faintest ink in a noisy picture, as a share of the darkest: edges of JPEG blocks are below. */
const minInkInNoise = 0.1;

/**
 * The picture as ink in 0…1, 0 where there is none and 1 where it is darkest, whether it was dark
 * on light or light on dark. The background is the median of the picture's border, in even light;
 * a border that is perfectly even is taken as free of noise, and so is a tiny picture, so that the
 * faint edges of a clean drawing stay.
 *
 * @returns null when nothing stands out: a blank picture
 */
export function extractInk(picture: Plane): Plane | null {
  const peeled = removeImpulses(peelRings(shrinkBlocks(picture)));
  const levelled = peeled.border.isUniform ? peeled : levelBands(peeled);
  const isDrawn = isTiny(levelled.light);
  const isEven = isDrawn || levelled.border.deviation === 0;
  const { light, border } = isEven ? levelled : evenLight(levelled);
  const { background } = border;
  const { values } = light;
  const { sign, contrast } = findPolarity(light, background);
  const deviation = isDrawn ? 0 : noiseOf(light, border, contrast);
  const noise = noiseReach * deviation;
  if (contrast < Math.max(leastContrast, noise)) return null;

  const floor = deviation === 0 ? 0 : Math.max(noise / contrast, minInkInNoise);
  const ink = new Float32Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const share = (sign * (values[i]! - background)) / contrast;
    ink[i] = share > floor ? share : 0;
  }
  const plane = { ...light, values: ink };
  if (!isClean(light, border)) removeFaint(plane);
  removeWhatIsNoDigit(plane, deviation === 0);
  return plane;
}

/** In grey levels: no shadow that is left in even light, and no grain of a camera, stands out by so much. */
const strongContrast = 96;

/**
 * How much of the border's deviation is noise: where a picture stands out and its border seems to be
 * nothing but noise, it may be soft ink that crosses the border, which goes on from pixel to pixel.
 */
function noiseOf(light: Plane, { deviation }: Border, contrast: number): number {
  if (contrast < strongContrast || contrast >= noiseReach * deviation) return deviation;
  return Math.min(deviation, measureGrain(light));
}

/** No camera takes smaller pictures, and their border is ink as often as background. */
const tinySide = 24;

function isTiny({ width, height }: Plane): boolean {
  return Math.max(width, height) < tinySide;
}

/** Smaller pictures with an even border are drawings: there is nothing else on their paper. */
const smallSide = 64;

function isClean({ width, height }: Plane, { isUniform }: Border): boolean {
  return isUniform && Math.max(width, height) < smallSide;
}

/** Frames and specks. A clean digit in one piece away from the edges has none, which saves time. */
function removeWhatIsNoDigit(ink: Plane, isClean: boolean): void {
  const box = inkBounds(ink);
  if (!box || (isClean && !reachesEdge(box, ink) && !hasGap(ink, box))) return;
  removeSpecks(ink, removeFrameLines(ink, findIslands(ink)), isClean);
}
