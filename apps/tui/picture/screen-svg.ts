// A still picture of a terminal's screen as SVG.

import { background, type Grid } from './cells.ts';
import {
  cellHeight,
  cellWidth,
  groupAttributes,
  marksOf,
  paintColours,
  paintMarks,
} from './paint.ts';

const margin = 18;

/** @returns an SVG document of a screen */
export function screenToSvg(grid: Grid, title: string): string {
  const width = Math.round((grid[0]?.length ?? 0) * cellWidth + 2 * margin);
  const height = grid.length * cellHeight + 2 * margin;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${title}</title>`,
    `<rect width="${width}" height="${height}" rx="12" fill="${background}"/>`,
    `<g transform="translate(${margin} ${margin})" ${groupAttributes}>`,
    paintColours(grid),
    paintMarks(marksOf(grid)),
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}
