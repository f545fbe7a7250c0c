// Stretches the grey levels of a clean drawing of little contrast (#eee on white, values of 0 to 16) to the
// whole range. Faint noise, stains and shadows are not stretched, so an empty sheet remains blank.

import { isTiny, minContrast } from './border.ts';
import type { Plane } from './picture.ts';

/** In a larger range, one side of the background has sufficient contrast. */
const maxRange = 2 * minContrast;

/** Smallest range of a drawing, in grey levels: JPEG makes patterns of up to 7 levels of an empty sheet. */
const minRange = 8;

/** Minimum fraction of the pixels that have exactly the background's grey level; noise spreads them. */
const minBackgroundFraction = 0.5;
/** In a tiny picture, which the digit may fill. */
const minTinyBackgroundFraction = 0.25;

/** Strong pixels differ from the background by at least this fraction of the contrast, … */
const strongFraction = 0.5;
/** … faint pixels by less, but at least this fraction. */
const faintFraction = 0.2;

/** More faint pixels for each strong one are a soft stain or a reflection. */
const maxFaintPerStrong = 0.7;

/** Mean number of strong neighbours of strong pixels: 2 along the thinnest stroke, fewer in noise. */
const minStrongNeighbours = 1.7;

/** If more of the border is strong, it is a shadow or a hand. */
const maxStrongBorderFraction = 0.2;

/** @returns the same object if the contrast is sufficient, or is not that of a clean drawing */
export function stretchContrast(plane: Plane): Plane {
  const range = smallRange(plane);
  const background = range && commonLevel(plane, range.lowest);
  if (background === undefined) return plane;
  const { lowest, highest } = range!;
  const contrast = Math.max(highest - background, background - lowest);
  if (!isDrawing(plane, background, contrast)) return plane;
  const scale = 255 / (highest - lowest);
  return { ...plane, values: plane.values.map(value => scale * (value - lowest)) };
}

/** @returns undefined for a sufficient range, which is known at the first ink, and for an even sheet */
function smallRange({ values }: Plane) {
  let [lowest, highest] = [values[0]!, values[0]!];
  for (let i = 1; i < values.length; i++) {
    const value = values[i]!;
    if (value < lowest) lowest = value;
    else if (value > highest) highest = value;
    else continue;
    if (highest - lowest > maxRange) return undefined;
  }
  return highest - lowest < minRange ? undefined : { lowest, highest };
}

/** The most common grey level, rounded; undefined if too few pixels have it for a background. */
function commonLevel(plane: Plane, lowest: number): number | undefined {
  const counts = new Uint32Array(Math.ceil(maxRange) + 1);
  for (const value of plane.values) counts[Math.round(value - lowest)]!++;
  const count = Math.max(...counts);
  const minFraction = isTiny(plane) ? minTinyBackgroundFraction : minBackgroundFraction;
  return count < minFraction * plane.values.length ? undefined : lowest + counts.indexOf(count);
}

/** Whether the ink consists of coherent strokes with sharp edges, away from the border. */
function isDrawing(plane: Plane, background: number, contrast: number): boolean {
  const { width, height, values } = plane;
  // With a border of paper, so that every pixel has eight neighbours.
  const stride = width + 2;
  const isStrong = new Uint8Array(stride * (height + 2));
  let [strong, faint, strongBorder] = [0, 0, 0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const fraction = Math.abs(values[y * width + x]! - background) / contrast;
      if (fraction < faintFraction) continue;
      if (fraction < strongFraction) {
        faint++;
        continue;
      }
      isStrong[(y + 1) * stride + x + 1] = 1;
      strong++;
      if (x === 0 || y === 0 || x === width - 1 || y === height - 1) strongBorder++;
    }
  }
  if (strongNeighbours(isStrong, stride) < minStrongNeighbours * strong) return false;
  // The few pixels of a tiny picture have no sharp edges, and its digit may reach the border.
  if (isTiny(plane)) return true;
  const maxStrongBorder = maxStrongBorderFraction * 2 * (width + height);
  return faint <= maxFaintPerStrong * strong && strongBorder <= maxStrongBorder;
}

/** The number of pairs of strong neighbours, each counted from both sides. */
function strongNeighbours(isStrong: Uint8Array, stride: number): number {
  // The other four are these pixels' own.
  const half = [1, stride - 1, stride, stride + 1];
  let pairs = 0;
  for (let i = 0; i < isStrong.length - stride; i++) {
    if (isStrong[i] === 0) continue;
    for (const step of half) pairs += isStrong[i + step]!;
  }
  return 2 * pairs;
}
