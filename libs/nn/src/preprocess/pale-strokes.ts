// Pale stretches of strokes: faint ink that continues strong ink, as of a ballpoint that is pressed unevenly.
// They are raised to full ink. Ruled lines, shadows and print showing through the sheet are not.

import { type ConnectedComponent, findConnectedComponents } from './connected-components.ts';
import type { Plane } from './picture.ts';

/** Ink from this on is strong, 0…1. */
export const strongInk = 0.5;

/** Minimum ink of a pale stroke, 0…1; docs/experiments.md compares 0.18, 0.2, 0.25 and 0.3. */
const minPaleInk = 0.2;

/** Minimum number of pixels of a pale stretch, for each pixel of strong ink that it continues. */
const minPaleFraction = 0.1;

/** If more faint ink than this, for each pixel of strong ink, continues nothing, the sheet is not clean. */
const maxOtherFraction = 0.1;

/** Distance over which strong ink fades at the soft edge of a stroke, as a fraction of the longer side. */
const maxFade = 1 / 16;

/**
 * Raises pale strokes to full ink, in place.
 *
 * @param isNear [height, width] 1 near strong ink, where faint ink may be the soft edge of a stroke
 * @returns the pixels of the strokes that have been raised
 */
export function raisePaleStrokes(ink: Plane, isNear: Uint8Array): readonly number[] {
  const visible = ink.values.map(value => (value >= minPaleInk ? value : 0));
  const components = findConnectedComponents({ ...ink, values: visible });
  const pale: ConnectedComponent[] = [];
  let [strong, other] = [0, 0];
  for (const component of components) {
    const count = countPixels(component, ink, isNear);
    strong += count.strong;
    const isContinued = count.strong > 0 && count.far > minPaleFraction * count.strong;
    if (isContinued && !touchesEdge(component, ink)) pale.push(component);
    else other += count.far;
  }
  if (pale.length === 0 || other > maxOtherFraction * strong) return [];
  const local = fadeFromStrongest(ink);
  const raised = pale.flatMap(({ pixels }) => [...pixels]);
  for (const pixel of raised) ink.values[pixel]! /= local[pixel]!;
  return raised;
}

/** The numbers of strong pixels, and of faint ones far from all strong ink. */
function countPixels({ pixels }: ConnectedComponent, { values }: Plane, isNear: Uint8Array) {
  let [strong, far] = [0, 0];
  for (const pixel of pixels) {
    if (values[pixel]! >= strongInk) strong++;
    else if (isNear[pixel] === 0) far++;
  }
  return { strong, far };
}

/** Ruled lines and the edges of shadows end at the picture's edges. */
function touchesEdge({ box }: ConnectedComponent, { width, height }: Plane): boolean {
  return box.left === 0 || box.top === 0 || box.right === width || box.bottom === height;
}

/**
 * For each pixel the maximum of its ink and of all other ink less its distance: a grey dilation by a cone,
 * in two passes (Borgefors 1986). It wraps at the ends of rows, where there are no pale strokes.
 */
function fadeFromStrongest({ width, height, values }: Plane): Float32Array {
  const local = values.slice();
  const fade = 1 / (maxFade * Math.max(width, height));
  // The neighbours of a pixel that come before it, and how much ink fades on the way.
  const before = [
    [1, fade],
    [width, fade],
    [width - 1, Math.SQRT2 * fade],
    [width + 1, Math.SQRT2 * fade],
  ] as const;
  for (let i = width + 1; i < local.length; i++) {
    for (const [step, loss] of before) local[i] = Math.max(local[i]!, local[i - step]! - loss);
  }
  for (let i = local.length - width - 2; i >= 0; i--) {
    for (const [step, loss] of before) local[i] = Math.max(local[i]!, local[i + step]! - loss);
  }
  return local;
}
