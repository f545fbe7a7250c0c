// What colour each pixel of a drawing has on the screen: ink on the theme's paper, the mark of the
// keyboard's pen, and the explanation laid over it. Without colour, how much ink to show instead.

import { inkAt, type Raster } from '@digits/canvas';
import { mixColours, type Rgb } from '../colour.ts';
import type { DisplayStyle } from '../display-style.ts';
import { toneColour } from '../tones.ts';

/** The pixel under the keyboard's pen. */
export interface PenMark {
  readonly x: number;
  readonly y: number;
  readonly isDown: boolean;
}

export interface CanvasPicture {
  readonly raster: Raster;
  readonly pen?: PenMark | undefined;
  /** For each pixel how strongly it spoke, −1 (against) … 1 (for). */
  readonly saliency?: readonly number[] | undefined;
}

const penUp: Rgb = [255, 176, 0];
const penDown: Rgb = [255, 64, 64];

/** Weak influence has to be seen too: its square root is shown, up to this share of the colour. */
const strongestTint = 0.9;

/** @returns the colour of the pixel in column x and row y. */
export function pixelColour(
  { raster, pen, saliency }: CanvasPicture,
  style: DisplayStyle,
  x: number,
  y: number,
): Rgb {
  if (pen?.x === x && pen.y === y) return pen.isDown ? penDown : penUp;
  const ink = inkAt(raster, x, y);
  const tone = style.theme === 'dark' ? ink : 255 - ink;
  const grey: Rgb = [tone, tone, tone];
  const influence = saliency?.[y * 28 + x] ?? 0;
  if (influence === 0) return grey;
  const hue = toneColour(influence > 0 ? 'for' : 'against', style);
  return mixColours(grey, hue, Math.sqrt(Math.abs(influence)) * strongestTint);
}

/**
 * @returns 0…255, what is shown of a pixel where there is no colour: its ink, or with an
 *   explanation how strongly it spoke for the digit.
 */
export function pixelShade({ raster, saliency }: CanvasPicture, x: number, y: number): number {
  if (saliency === undefined) return inkAt(raster, x, y);
  return Math.round(255 * Math.sqrt(Math.max(saliency[y * 28 + x] ?? 0, 0)));
}
