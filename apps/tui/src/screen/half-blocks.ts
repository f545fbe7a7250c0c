// A raster as rows of text: one character shows a pixel above another.
// In colour ▀ has the upper pixel as foreground and the lower as background, 24-bit grey each.
// Without colour there is ink or there is none: space, ▀, ▄ or █, and no escape sequence at all.

import { FULL_INK, inkAt, type Raster, SIDE } from '@digits/canvas';
import { PIXELS_A_ROW } from './layout.ts';

/** The pixel under the pen, which is marked in a colour for the pen up or down. */
export type PenMark = {
  readonly x: number;
  readonly y: number;
  readonly isDown: boolean;
};

type Rgb = readonly [red: number, green: number, blue: number];

const PEN_UP: Rgb = [255, 176, 0];
const PEN_DOWN: Rgb = [255, 64, 64];
const RESET = '\u{1b}[39;49m';

/** Without colour a pixel is ink from the middle of the scale on. */
const INK_THRESHOLD = (FULL_INK + 1) / 2;

const BLOCKS = [' ', '▀', '▄', '█'] as const;

/** @returns 14 rows of 28 characters, with colour sequences between them. */
export function colouredRows(raster: Raster, mark: PenMark | undefined): string[] {
  const colourAt = (x: number, y: number): Rgb => {
    if (mark?.x === x && mark.y === y) return mark.isDown ? PEN_DOWN : PEN_UP;
    const ink = inkAt(raster, x, y);
    return [ink, ink, ink];
  };
  return rowsOf((x, y) => `${sgr(38, colourAt(x, y))}${sgr(48, colourAt(x, y + 1))}▀`).map(
    row => `${row}${RESET}`,
  );
}

/** @returns 14 rows of 28 characters and nothing else. */
export function plainRows(raster: Raster): string[] {
  const bitAt = (x: number, y: number) => (inkAt(raster, x, y) >= INK_THRESHOLD ? 1 : 0);
  return rowsOf((x, y) => BLOCKS[bitAt(x, y) + 2 * bitAt(x, y + 1)] ?? ' ');
}

/** Calls `cell` with the upper pixel of every cell. */
function rowsOf(cell: (x: number, y: number) => string): string[] {
  return Array.from({ length: SIDE / PIXELS_A_ROW }, (_, row) =>
    Array.from({ length: SIDE }, (_, x) => cell(x, row * PIXELS_A_ROW)).join(''),
  );
}

/** Select graphic rendition: 38 for the foreground, 48 for the background. */
function sgr(layer: 38 | 48, [red, green, blue]: Rgb): string {
  return `\u{1b}[${layer};2;${red};${green};${blue}m`;
}
