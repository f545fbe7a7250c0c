// Probabilities as bars of eighth blocks, or of ASCII.

import { formatPercent } from '@digits/client';
import type { DisplayStyle } from '../display-style.ts';

const eighthBlocks = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'] as const;
const fullBlock = '█';
const asciiBlock = '#';

/** @returns a bar as long as a fraction of the width, in eighths of a cell, padded to the width. */
export function bar(
  fraction: number,
  width: number,
  glyphs: DisplayStyle['glyphs'] = 'unicode',
): string {
  if (glyphs === 'ascii') return asciiBlock.repeat(Math.round(fraction * width)).padEnd(width);
  const eighths = Math.round(fraction * width * 8);
  const drawn = fullBlock.repeat(Math.floor(eighths / 8)) + eighthBlocks[eighths % 8];
  return drawn.padEnd(width);
}

/** A bar's line holds the digit, the percentage and two spaces besides the bar. */
export const otherBarColumns = '0  100.0 %'.length;

/** @returns one line for a class: its digit, its bar, its percentage, aligned to the right. */
export function barLine(
  digit: number,
  probability: number,
  barWidth: number,
  glyphs: DisplayStyle['glyphs'] = 'unicode',
): string {
  const percentage = formatPercent(probability).padStart(7);
  return `${digit} ${bar(probability, barWidth, glyphs)} ${percentage}`;
}
