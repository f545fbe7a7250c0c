// The colour of each pixel of a drawing: ink on the theme's background, the keyboard's pen, and the
// evidence overlay. Without colour, the density to show instead.

import { canvasSide, inkAt, type Raster } from '@digits/canvas';
import { mixColours, type Rgb } from '../colour.ts';
import type { DisplayStyle } from '../display-style.ts';
import { bigDigitSquares, hasBigDigitSquare } from '../text/big-digit.ts';
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
  /** The evidence of each pixel, −1 (against the digit) … 1 (for it). */
  readonly saliency?: readonly number[] | undefined;
  /** On a blank drawing: the digit that practice asks for, shown faintly, or lines of text. */
  readonly prompt?: number | readonly string[] | undefined;
}

const penUp: Rgb = [255, 176, 0];
const penDown: Rgb = [255, 64, 64];

/** Faint, but visible in the palette of 16 colours and in the coarsest density. */
const ghostInk = 72;

/** Pixels of the canvas for each square of a big digit. */
const ghostScale = 3;

function ghostAt(digit: CanvasPicture['prompt'], x: number, y: number): number {
  if (typeof digit !== 'number') return 0;
  const { columns, rows } = bigDigitSquares;
  const column = Math.floor((x - (canvasSide - columns * ghostScale) / 2) / ghostScale);
  const row = Math.floor((y - (canvasSide - rows * ghostScale) / 2) / ghostScale);
  return hasBigDigitSquare(digit, column, row) ? ghostInk : 0;
}

/** The square root of the evidence is shown, so that weak evidence is visible, up to this tint. */
const maxTint = 0.9;

/** @returns the colour of the pixel in column x and row y. */
export function pixelColour(
  { raster, pen, saliency, prompt }: CanvasPicture,
  style: DisplayStyle,
  x: number,
  y: number,
): Rgb {
  if (pen?.x === x && pen.y === y) return pen.isDown ? penDown : penUp;
  const ink = Math.max(inkAt(raster, x, y), ghostAt(prompt, x, y));
  const tone = style.theme === 'dark' ? ink : 255 - ink;
  const grey: Rgb = [tone, tone, tone];
  const evidence = saliency?.[y * canvasSide + x] ?? 0;
  if (evidence === 0) return grey;
  const hue = toneColour(evidence > 0 ? 'for' : 'against', style);
  return mixColours(grey, hue, Math.sqrt(Math.abs(evidence)) * maxTint);
}

/**
 * @returns 0…255, what is shown of a pixel without colour: its ink, or with an overlay the evidence
 *   for the digit.
 */
export function pixelShade(
  { raster, saliency, prompt }: CanvasPicture,
  x: number,
  y: number,
): number {
  if (saliency === undefined) return Math.max(inkAt(raster, x, y), ghostAt(prompt, x, y));
  return Math.round(255 * Math.sqrt(Math.max(saliency[y * canvasSide + x] ?? 0, 0)));
}
