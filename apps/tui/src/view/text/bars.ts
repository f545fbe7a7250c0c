// Shares as text: a percentage and a bar of eighth blocks, or of signs where there are no blocks.

import type { DisplayStyle } from '../display-style.ts';

const eighthBlocks = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'] as const;
const full = '█';
const asciiFull = '#';

/** @returns a share of 0…1 with one decimal, for example `98.3 %`. */
export function formatPercent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

/** @returns a bar as long as its share of the width, in eighths of a cell, padded to the width. */
export function bar(
  share: number,
  width: number,
  glyphs: DisplayStyle['glyphs'] = 'unicode',
): string {
  if (glyphs === 'ascii') return asciiFull.repeat(Math.round(share * width)).padEnd(width);
  const eighths = Math.round(share * width * 8);
  const drawn = full.repeat(Math.floor(eighths / 8)) + eighthBlocks[eighths % 8];
  return drawn.padEnd(width);
}

/** @returns one line for a class: its digit, its bar, its percentage, aligned to the right. */
export function barLine(
  digit: number,
  share: number,
  barWidth: number,
  glyphs: DisplayStyle['glyphs'] = 'unicode',
): string {
  return `${digit} ${bar(share, barWidth, glyphs)} ${formatPercent(share).padStart(7)}`;
}
