// Ink as characters of more or less density, for terminals without colour.

import type { Look } from '../display-style.ts';

/** From bare paper to full ink. The ASCII ramp is the usual one of line printers. */
const RAMPS: Readonly<Record<Look['glyphs'], string>> = {
  unicode: ' ░▒▓█',
  ascii: ' .:-=+*#%@',
};

/** What shows ink in one half of a cell. */
const HALVES: Readonly<Record<Look['glyphs'], { upper: string; lower: string }>> = {
  unicode: { upper: '▀', lower: '▄' },
  ascii: { upper: '"', lower: '_' },
};

/** A half is inked from the middle of the scale on. */
const INKED = 128;

/** @returns one character for one pixel of 0…255. */
export function shadeOfOne(ink: number, glyphs: Look['glyphs']): string {
  const ramp = RAMPS[glyphs];
  return ramp[Math.round((ink / 255) * (ramp.length - 1))] ?? ' ';
}

/**
 * @returns one character for two pixels, one above the other: a half block where only one of them
 *   is inked, so that edges keep their place, and else the density of both.
 */
export function shadeOfTwo(upper: number, lower: number, glyphs: Look['glyphs']): string {
  const [isUpper, isLower] = [upper >= INKED, lower >= INKED];
  if (isUpper !== isLower) return isUpper ? HALVES[glyphs].upper : HALVES[glyphs].lower;
  return shadeOfOne((upper + lower) / 2, glyphs);
}
