// Small square pictures in half blocks, two pixels a cell: signed heat maps of weights, and ink. Without
// colour, characters of different density.

import { colourSequence, mixColours, type Rgb } from './colour.ts';
import { cellRow, noSequence, upperHalf } from './half-blocks.ts';
import type { Size } from './panel.ts';
import { shadeOfTwo } from './shades.ts';
import { inTone, paperOf, type Style, toneColour } from './style.ts';
import { fitText } from './text.ts';

/** A square picture. */
export interface SmallPicture {
  /** pixels of a side */
  readonly side: number;
  /** [side, side], −1…1: negative values have a hue of their own */
  readonly values: ArrayLike<number>;
  /** whether the values are ink, shown in grey; otherwise they are signed */
  readonly isInk: boolean;
  /** a few characters below it; if no picture of a grid has any, there is no row for them */
  readonly caption?: string;
}

/** In the palette of 16 colours, a weaker value is paper: the nearest mixture would be grey. */
const minHue = 0.35;

/** Blocks of this many pixels become one, the largest pictures first. */
const scales = [1, 2, 4] as const;

/** Fewer pictures than this are shown smaller. */
const wantedPictures = 8;

interface PictureGrid {
  /** Its size and its style. */
  readonly key: string;
  readonly rows: readonly string[];
}

/** The grid that was last rendered of each array: most frames of a training have the same pictures. */
const knownGrids = new WeakMap<readonly SmallPicture[], PictureGrid>();

/** Renders as many pictures as fit. @returns rows of exactly `columns` cells */
export function pictureGridRows(
  pictures: readonly SmallPicture[],
  size: Size,
  style: Style,
): readonly string[] {
  const { colours, theme, glyphs } = style;
  const key = [size.columns, size.rows, colours, theme, glyphs].join(' ');
  const known = knownGrids.get(pictures);
  if (known?.key === key) return known.rows;
  const rows = renderGrid(pictures, size, style);
  knownGrids.set(pictures, { key, rows });
  return rows;
}

function renderGrid(pictures: readonly SmallPicture[], size: Size, style: Style): string[] {
  const [first] = pictures;
  if (!first) return [];
  const captionRows = pictures.some(({ caption }) => caption !== undefined) ? 1 : 0;
  const { scale, across, down } = gridOf(first.side, captionRows, pictures.length, size);
  const columns = Math.ceil(first.side / scale);
  return Array.from({ length: down }, (_, line) => {
    const shown = pictures.slice(line * across, (line + 1) * across);
    const rest = ' '.repeat(Math.max(0, size.columns - shown.length * (columns + 1)));
    const drawn = shown.map(picture => pictureRows(reduced(picture, scale), style));
    const rows = Array.from({ length: Math.ceil(columns / 2) }, (_, row) =>
      drawn.map(each => `${each[row]} `).join(''),
    );
    const captions = shown.map(({ caption = '' }) => `${fitText(caption, columns)} `).join('');
    const all = captionRows === 0 ? rows : [...rows, inTone(captions, 'quiet', style)];
    return all.map(row => row + rest);
  }).flat();
}

interface Grid {
  readonly scale: number;
  readonly across: number;
  readonly down: number;
}

/** The largest pictures of which enough fit. A column of space follows each, which the last one needs too. */
function gridOf(side: number, captionRows: number, count: number, { columns, rows }: Size): Grid {
  const grids = scales.map(scale => {
    const pixels = Math.ceil(side / scale);
    const across = Math.floor(columns / (pixels + 1));
    const down = Math.floor(rows / (Math.ceil(pixels / 2) + captionRows));
    return { scale, across, down };
  });
  const wanted = Math.min(count, wantedPictures);
  const grid = grids.find(({ across, down }) => across * down >= wanted) ?? grids.at(-1)!;
  return { ...grid, down: Math.min(grid.down, Math.ceil(count / Math.max(grid.across, 1))) };
}

/** The means of blocks of pixels. */
export function reduced(picture: SmallPicture, scale: number): SmallPicture {
  if (scale === 1) return picture;
  const side = Math.ceil(picture.side / scale);
  const sums = new Float32Array(side * side);
  const counts = new Uint8Array(side * side);
  for (let y = 0; y < picture.side; y++) {
    for (let x = 0; x < picture.side; x++) {
      const at = Math.floor(y / scale) * side + Math.floor(x / scale);
      sums[at]! += picture.values[y * picture.side + x]!;
      counts[at]!++;
    }
  }
  const means = sums.map((sum, i) => sum / counts[i]!);
  if (picture.isInk) return { ...picture, side, values: means };
  // A mean of weights is weaker than they are: the strongest is shown as such.
  const strongest = means.reduce((most, mean) => Math.max(most, Math.abs(mean)), 0) || 1;
  return { ...picture, side, values: means.map(mean => mean / strongest) };
}

/** Renders one picture, two rows of pixels in each row of cells. */
export function pictureRows(picture: SmallPicture, style: Style): string[] {
  const { side, isInk } = picture;
  const shades = style.colours === 'none' ? undefined : shadesOf(isInk, style);
  return Array.from({ length: Math.ceil(side / 2) }, (_, row) =>
    shades === undefined
      ? shadedRow(picture, row, style)
      : colouredRow(picture, row, shades, style),
  );
}

/** In ASCII, a cell has the mean colour of its pixels. */
function colouredRow(
  picture: SmallPicture,
  row: number,
  shades: Shades,
  { glyphs }: Style,
): string {
  const { foreground, background } = shades;
  const upper = (x: number) => valueAt(picture, x, 2 * row);
  const lower = (x: number) => valueAt(picture, x, 2 * row + 1);
  if (glyphs === 'ascii') {
    const mean = (x: number) => (upper(x) + lower(x)) / 2;
    return cellRow(picture.side, ' ', noSequence, x => background[shadeIndexOf(mean(x))]!);
  }
  return cellRow(
    picture.side,
    upperHalf,
    x => foreground[shadeIndexOf(upper(x))]!,
    x => background[shadeIndexOf(lower(x))]!,
  );
}

function shadedRow(picture: SmallPicture, row: number, { glyphs }: Style): string {
  return Array.from({ length: picture.side }, (_, x) => {
    const [upper, lower] = [valueAt(picture, x, 2 * row), valueAt(picture, x, 2 * row + 1)];
    return picture.isInk
      ? shadeOfTwo(255 * upper, 255 * lower, glyphs)
      : signOf((upper + lower) / 2);
  }).join('');
}

function valueAt({ side, values }: SmallPicture, x: number, y: number): number {
  return y < side ? values[y * side + x]! : 0;
}

/** Steps from 0 to ±1; more cannot be told apart. */
const shadeSteps = 32;

function shadeIndexOf(value: number): number {
  return Math.round(Math.min(Math.max(value, -1), 1) * shadeSteps) + shadeSteps;
}

/** The sequences of each shade, by `shadeIndexOf`. */
interface Shades {
  readonly foreground: readonly string[];
  readonly background: readonly string[];
}

const knownShades = new Map<string, Shades>();

/** Computed once for each style: a frame has thousands of cells. */
function shadesOf(isInk: boolean, style: Style): Shades {
  const key = `${isInk} ${style.colours} ${style.theme}`;
  const known = knownShades.get(key);
  if (known !== undefined) return known;
  const colours = Array.from({ length: 2 * shadeSteps + 1 }, (_, index) =>
    pixelColour(index / shadeSteps - 1, isInk, style),
  );
  const shades = {
    foreground: colours.map(colour => colourSequence('foreground', colour, style.colours)),
    background: colours.map(colour => colourSequence('background', colour, style.colours)),
  };
  knownShades.set(key, shades);
  return shades;
}

function pixelColour(value: number, isInk: boolean, style: Style): Rgb {
  const paper = paperOf(style);
  const strength = Math.min(1, Math.abs(value));
  if (isInk) {
    const ink: Rgb = style.theme === 'dark' ? [255, 255, 255] : [0, 0, 0];
    return mixColours(paper, ink, strength);
  }
  const hue = toneColour(value > 0 ? 'for' : 'against', style);
  if (style.colours === 16) return strength < minHue ? paper : hue;
  return mixColours(paper, hue, strength);
}

/** From strongly negative to strongly positive, in even steps. */
const signs = '=- +#';

function signOf(value: number): string {
  const index = Math.round(((value + 1) / 2) * (signs.length - 1));
  return signs[Math.min(Math.max(index, 0), signs.length - 1)]!;
}
