// A grid of pixels as rows of half blocks: two pixels in a cell, one above the other. Without half blocks
// a cell has the mean colour of both, and without colour a character of their density.

import { colourSequence, type Layer, mixColours, type Rgb } from './colour.ts';
import { shadeOfTwo } from './shades.ts';
import type { Style } from './style.ts';

export const defaultColours = '\u{1b}[39;49m';

export interface PixelGrid {
  readonly columns: number;
  /** Rows of pixels; of an odd number the last cells have nothing in their lower halves. */
  readonly rows: number;
  readonly colourAt: (x: number, y: number) => Rgb;
  /** 0…255, without colour. */
  readonly shadeAt: (x: number, y: number) => number;
}

/** @returns a row of text for every two rows of pixels; each ends with the default colours. */
export function halfBlockRows(grid: PixelGrid, style: Style): string[] {
  return Array.from({ length: Math.ceil(grid.rows / 2) }, (_, row) => {
    return style.colours === 'none' ? shadedRow(grid, row, style) : halfBlockRow(grid, row, style);
  });
}

function shadedRow({ columns, rows, shadeAt }: PixelGrid, row: number, { glyphs }: Style): string {
  return Array.from({ length: columns }, (_, x) => {
    const lower = 2 * row + 1 < rows ? shadeAt(x, 2 * row + 1) : 0;
    return shadeOfTwo(shadeAt(x, 2 * row), lower, glyphs);
  }).join('');
}

type ColourGrid = Omit<PixelGrid, 'shadeAt'>;

/** @returns two rows of pixels as one of text; in ASCII a cell has the mean colour of both. */
export function halfBlockRow(grid: ColourGrid, row: number, style: Style): string {
  const { columns, rows, colourAt } = grid;
  if (style.glyphs === 'ascii') {
    return colouredRow(columns, 1, x => meanColour(grid, x, row), style);
  }
  const above = sequencesOf('foreground', style);
  const below = sequencesOf('background', style);
  const hasLower = 2 * row + 1 < rows;
  return cellRow(
    columns,
    upperHalf,
    x => above(colourAt(x, 2 * row)),
    hasLower ? x => below(colourAt(x, 2 * row + 1)) : noSequence,
  );
}

/** Has the upper pixel as its foreground and the lower one as its background. */
export const upperHalf = '▀';

export function noSequence(): string {
  return '';
}

/** @returns cells of one text, with the sequences of their colours where these change, and the default colours. */
export function cellRow(
  columns: number,
  text: string,
  foregroundAt: (x: number) => string,
  backgroundAt: (x: number) => string,
): string {
  let row = '';
  let [foreground, background] = ['', ''];
  for (let x = 0; x < columns; x++) {
    const above = foregroundAt(x);
    const below = backgroundAt(x);
    if (above !== foreground) row += above;
    if (below !== background) row += below;
    [foreground, background] = [above, below];
    row += text;
  }
  return row + defaultColours;
}

/** Many pixels share a colour of a scale: its sequence is made once a row. */
function sequencesOf(layer: Layer, { colours }: Style): (colour: Rgb) => string {
  const known = new Map<Rgb, string>();
  return colour => {
    const sequence = known.get(colour) ?? colourSequence(layer, colour, colours);
    known.set(colour, sequence);
    return sequence;
  };
}

function meanColour({ rows, colourAt }: ColourGrid, x: number, row: number): Rgb {
  const upper = colourAt(x, 2 * row);
  return 2 * row + 1 < rows ? mixColours(upper, colourAt(x, 2 * row + 1), 0.5) : upper;
}

/** @returns spaces with background colours, `width` for each pixel. */
export function colouredRow(
  columns: number,
  width: number,
  colourAt: (x: number) => Rgb,
  style: Style,
): string {
  const sequenceOf = sequencesOf('background', style);
  return cellRow(columns, ' '.repeat(width), noSequence, x => sequenceOf(colourAt(x)));
}
