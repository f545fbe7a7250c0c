// A picture of 28×28 pixels as rows of text, in one of two forms: `half` shows two pixels in a
// half block, one above the other, in 28×14; `wide` shows a pixel as two characters, in 56×28.

import { canvasSide } from '@digits/canvas';
import {
  colouredRow,
  colourSequence,
  defaultColours,
  halfBlockRow,
  type Rgb,
  shadeOfOne,
  shadeOfTwo,
} from '@digits/screen';
import type { DisplayStyle } from '../display-style.ts';
import { inTone } from '../tones.ts';
import { type CanvasPicture, evidenceSign, pixelColour, pixelShade } from './pixels.ts';

export type PictureForm = 'half' | 'wide';

const inverse = '\u{1b}[7m';
const notInverse = '\u{1b}[27m';

/** @returns the rows; each sets a colour where it changes, and the defaults at its end. */
export function pictureRows(
  picture: CanvasPicture,
  form: PictureForm,
  style: DisplayStyle,
): string[] {
  const isHalf = form === 'half';
  const count = isHalf ? canvasSide / 2 : canvasSide;
  const hint = typeof picture.prompt === 'object' ? picture.prompt : [];
  const hintTop = Math.floor((count - hint.length) / 2);
  const grid = {
    columns: canvasSide,
    rows: canvasSide,
    colourAt: (x: number, y: number) => pixelColour(picture, style, x, y),
  };
  return Array.from({ length: count }, (_, row) => {
    const text = hint[row - hintTop];
    if (text !== undefined) return hintRow(text, isHalf ? canvasSide : 2 * canvasSide, style);
    if (style.colours === 'none') return shadedRow(picture, form, style, row);
    return isHalf
      ? halfBlockRow(grid, row, style)
      : colouredRow(canvasSide, 2, x => grid.colourAt(x, row), style);
  });
}

/** Text in the middle of a row of blank pixels. */
function hintRow(text: string, columns: number, style: DisplayStyle): string {
  const left = Math.floor((columns - text.length) / 2);
  const row = inTone(`${' '.repeat(left)}${text}`.padEnd(columns), 'quiet', style);
  if (style.colours === 'none') return row;
  const paper: Rgb = style.theme === 'dark' ? [0, 0, 0] : [255, 255, 255];
  return colourSequence('background', paper, style.colours) + row + defaultColours;
}

/** Without colour the pen's cell is inverse, which becomes the terminal's own cursor. */
function shadedRow(
  picture: CanvasPicture,
  form: PictureForm,
  style: DisplayStyle,
  row: number,
): string {
  const { pen } = picture;
  const isPenRow = pen !== undefined && (form === 'half' ? pen.y >> 1 : pen.y) === row;
  return Array.from({ length: canvasSide }, (_, x) => {
    const isPen = isPenRow && pen.x === x;
    const shade = shadeOf(picture, form, style, { x, row });
    return isPen ? `${inverse}${shade[0]}${notInverse}${shade.slice(1)}` : shade;
  }).join('');
}

/** @returns the characters of a pixel, or of two in a half block; with an overlay, its evidence. */
function shadeOf(
  picture: CanvasPicture,
  form: PictureForm,
  { glyphs }: DisplayStyle,
  { x, row }: { readonly x: number; readonly row: number },
): string {
  const isHalf = form === 'half';
  const ys = isHalf ? [2 * row, 2 * row + 1] : [row];
  if (picture.saliency !== undefined) {
    const sign = evidenceSign(
      picture,
      ys.map(y => ({ x, y })),
    );
    return isHalf ? sign : sign.repeat(2);
  }
  const [upper = 0, lower = 0] = ys.map(y => pixelShade(picture, x, y));
  return isHalf ? shadeOfTwo(upper, lower, glyphs) : shadeOfOne(upper, glyphs).repeat(2);
}
