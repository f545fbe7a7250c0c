// Ink as characters of different density, for terminals without colour.

import type { Style } from './style.ts';

/** From no ink to full ink. The ASCII ramp is the usual one of line printers. */
const ramps: Readonly<Record<Style['glyphs'], string>> = {
  unicode: ' ░▒▓█',
  ascii: ' .:-=+*#%@',
};

/** Characters with ink in one half of a cell. */
const halves: Readonly<Record<Style['glyphs'], { upper: string; lower: string }>> = {
  unicode: { upper: '▀', lower: '▄' },
  ascii: { upper: '"', lower: '_' },
};

/** A pixel counts as inked from the middle of the scale on. */
export const inkedFrom = 128;

/** @returns one character for one pixel of 0…255. */
export function shadeOfOne(ink: number, glyphs: Style['glyphs']): string {
  const ramp = ramps[glyphs];
  return ramp[Math.round((ink / 255) * (ramp.length - 1))] ?? ' ';
}

/**
 * @returns one character for two pixels, one above the other: a half block where only one of them
 *   is inked, so that edges keep their place, and else the density of both.
 */
export function shadeOfTwo(upper: number, lower: number, glyphs: Style['glyphs']): string {
  const [isUpper, isLower] = [upper >= inkedFrom, lower >= inkedFrom];
  if (isUpper !== isLower) return isUpper ? halves[glyphs].upper : halves[glyphs].lower;
  return shadeOfOne((upper + lower) / 2, glyphs);
}
