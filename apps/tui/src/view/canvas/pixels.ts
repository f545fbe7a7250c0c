// The colour of each pixel of a drawing: ink on the theme's background, the keyboard's pen, and the
// evidence overlay. Without colour, the density to show instead.

import { canvasSide, inkAt, type Raster } from '@digits/canvas';
import { inkedFrom, mixColours, type Rgb } from '@digits/screen';
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

/**
 * Where colours cannot be mixed, evidence is marked from a tenth of the strongest on: of ten recorded
 * digits, one of each class, that is half of the ink. From three tenths on it counts as strong: a tenth.
 */
const minMarkedEvidence = 0.1;
const minStrongEvidence = 0.3;

/** The square root of the evidence is shown, so that weak evidence is visible, up to this tint. */
const maxTint = 0.9;

/** One object for each grey, by which the sequences of a row are known again. */
const greys = Array.from({ length: 256 }, (_, tone): Rgb => [tone, tone, tone]);

/** @returns the colour of ink, 0…255, on the theme's paper. */
export function greyOf(ink: number, { theme }: DisplayStyle): Rgb {
  return greys[Math.round(theme === 'dark' ? ink : 255 - ink)]!;
}

/** @returns the colour of the pixel in column x and row y. */
export function pixelColour(
  { raster, pen, saliency, prompt }: CanvasPicture,
  style: DisplayStyle,
  x: number,
  y: number,
): Rgb {
  if (pen?.x === x && pen.y === y) return pen.isDown ? penDown : penUp;
  const ink = Math.max(inkAt(raster, x, y), ghostAt(prompt, x, y));
  const grey = greyOf(ink, style);
  const evidence = saliency?.[y * canvasSide + x] ?? 0;
  if (evidence === 0) return grey;
  const hue = toneColour(evidence > 0 ? 'for' : 'against', style);
  // The nearest of 16 colours to a mixture is nearly always a grey.
  if (style.colours === 16) return Math.abs(evidence) < minMarkedEvidence ? grey : hue;
  return mixColours(grey, hue, Math.sqrt(Math.abs(evidence)) * maxTint);
}

/** @returns 0…255, the ink of a pixel, or what a blank drawing shows instead. */
export function pixelShade({ raster, prompt }: CanvasPicture, x: number, y: number): number {
  return Math.max(inkAt(raster, x, y), ghostAt(prompt, x, y));
}

/** Signs of evidence without colour, weak and strong: evidence for the digit, and against it. */
export const evidenceSigns = { for: ['+', '#'], against: ['-', '='] } as const;
const inkSign = '.';

/** @returns the sign of the strongest evidence in some pixels of one cell; a dot for other ink. */
export function evidenceSign(
  { raster, saliency = [] }: CanvasPicture,
  pixels: readonly { readonly x: number; readonly y: number }[],
): string {
  const found = pixels.map(({ x, y }) => saliency[y * canvasSide + x] ?? 0);
  const evidence = found.reduce((most, each) => (Math.abs(each) > Math.abs(most) ? each : most), 0);
  const strength = Math.abs(evidence);
  if (strength >= minMarkedEvidence) {
    const [weak, strong] = evidenceSigns[evidence > 0 ? 'for' : 'against'];
    return strength >= minStrongEvidence ? strong : weak;
  }
  return pixels.some(({ x, y }) => inkAt(raster, x, y) >= inkedFrom) ? inkSign : ' ';
}
