// A picture of 28×28 pixels as rows of text, in one of two forms: `half` shows two pixels in a
// half block, one above the other, in 28×14; `wide` shows a pixel as two characters, in 56×28.

import { canvasSide } from '@digits/canvas';
import { colourSequence, mixColours, type Rgb } from '../colour.ts';
import type { DisplayStyle } from '../display-style.ts';
import { inTone } from '../tones.ts';
import { type CanvasPicture, evidenceSign, pixelColour, pixelShade } from './pixels.ts';
import { shadeOfOne, shadeOfTwo } from './shades.ts';

export type PictureForm = 'half' | 'wide';

const defaultColours = '\u{1b}[39;49m';
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
  return Array.from({ length: count }, (_, row) => {
    const text = hint[row - hintTop];
    if (text !== undefined) return hintRow(text, isHalf ? canvasSide : 2 * canvasSide, style);
    if (style.colours === 'none') return shadedRow(picture, form, style, row);
    if (!isHalf) return wideRow(picture, style, row);
    return style.glyphs === 'unicode'
      ? halfBlockRow(picture, style, row)
      : meanRow(picture, style, row);
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

/** ▀ has the upper pixel as its foreground and the lower one as its background. */
function halfBlockRow(picture: CanvasPicture, style: DisplayStyle, row: number): string {
  let text = '';
  let [foreground, background] = ['', ''];
  for (let x = 0; x < canvasSide; x++) {
    const upper = pixelColour(picture, style, x, 2 * row);
    const lower = pixelColour(picture, style, x, 2 * row + 1);
    const above = colourSequence('foreground', upper, style.colours);
    const below = colourSequence('background', lower, style.colours);
    if (above !== foreground) text += above;
    if (below !== background) text += below;
    [foreground, background] = [above, below];
    text += '▀';
  }
  return text + defaultColours;
}

/** ASCII has no half block: a cell has the mean colour of its two pixels. */
function meanRow(picture: CanvasPicture, style: DisplayStyle, row: number): string {
  return colouredRow(style, 1, x =>
    mixColours(
      pixelColour(picture, style, x, 2 * row),
      pixelColour(picture, style, x, 2 * row + 1),
      0.5,
    ),
  );
}

function wideRow(picture: CanvasPicture, style: DisplayStyle, row: number): string {
  return colouredRow(style, 2, x => pixelColour(picture, style, x, row));
}

/** Spaces with background colours, `columns` for each pixel. */
function colouredRow(style: DisplayStyle, columns: number, colourAt: (x: number) => Rgb): string {
  let text = '';
  let background = '';
  for (let x = 0; x < canvasSide; x++) {
    const colour = colourSequence('background', colourAt(x), style.colours);
    if (colour !== background) text += colour;
    background = colour;
    text += ' '.repeat(columns);
  }
  return text + defaultColours;
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
