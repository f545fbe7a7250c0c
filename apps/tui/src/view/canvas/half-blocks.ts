// A grid of pixels as rows of half blocks: two pixels in a cell, one above the other. Without half blocks
// a cell has the mean colour of both, and without colour a character of their density.

import { colourSequence, mixColours, type Rgb } from '@digits/screen';
import type { DisplayStyle } from '../display-style.ts';
import { shadeOfTwo } from './shades.ts';

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
export function halfBlockRows(grid: PixelGrid, style: DisplayStyle): string[] {
  return Array.from({ length: Math.ceil(grid.rows / 2) }, (_, row) => {
    return style.colours === 'none' ? shadedRow(grid, row, style) : halfBlockRow(grid, row, style);
  });
}

function shadedRow(
  { columns, rows, shadeAt }: PixelGrid,
  row: number,
  { glyphs }: DisplayStyle,
): string {
  return Array.from({ length: columns }, (_, x) => {
    const lower = 2 * row + 1 < rows ? shadeAt(x, 2 * row + 1) : 0;
    return shadeOfTwo(shadeAt(x, 2 * row), lower, glyphs);
  }).join('');
}

type ColourGrid = Omit<PixelGrid, 'shadeAt'>;

/**
 * @returns two rows of pixels as one of text. ▀ has the upper pixel as its foreground and the lower one
 *   as its background; in ASCII a cell has the mean colour of both.
 */
export function halfBlockRow(grid: ColourGrid, row: number, style: DisplayStyle): string {
  const { columns, rows, colourAt } = grid;
  const { colours } = style;
  if (style.glyphs === 'ascii') {
    return colouredRow(columns, 1, x => meanColour(grid, x, row), style);
  }
  const hasLower = 2 * row + 1 < rows;
  let text = '';
  let [foreground, background] = ['', ''];
  const sequences = { foreground: new Map<Rgb, string>(), background: new Map<Rgb, string>() };
  // Many pixels share a colour of a scale.
  const sequenceOf = (layer: 'foreground' | 'background', colour: Rgb) => {
    const known = sequences[layer].get(colour) ?? colourSequence(layer, colour, colours);
    sequences[layer].set(colour, known);
    return known;
  };
  for (let x = 0; x < columns; x++) {
    const above = sequenceOf('foreground', colourAt(x, 2 * row));
    const below = hasLower ? sequenceOf('background', colourAt(x, 2 * row + 1)) : '';
    if (above !== foreground) text += above;
    if (below !== background) text += below;
    [foreground, background] = [above, below];
    text += '▀';
  }
  return text + defaultColours;
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
  { colours }: DisplayStyle,
): string {
  let text = '';
  let background = '';
  for (let x = 0; x < columns; x++) {
    const colour = colourSequence('background', colourAt(x), colours);
    if (colour !== background) text += colour;
    background = colour;
    text += ' '.repeat(width);
  }
  return text + defaultColours;
}
