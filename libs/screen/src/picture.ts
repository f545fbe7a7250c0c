// Small square pictures in half blocks, two pixels a cell: signed heat maps of weights, and ink. Without
// colour, characters of different density.

import { colourSequence, mixColours, type Rgb } from './colour.ts';
import { fitText, type Size } from './panel.ts';
import { inTone, paperOf, type Style, toneColour } from './style.ts';

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

const defaultColours = '\u{1b}[39;49m';

/** In the palette of 16 colours, a weaker value is paper: the nearest mixture would be grey. */
const minHue = 0.35;

/** Blocks of this many pixels become one, the largest pictures first. */
const scales = [1, 2, 4] as const;

/** Fewer pictures than this are shown smaller. */
const wantedPictures = 8;

/** Renders as many pictures as fit. @returns rows of exactly `columns` cells */
export function pictureGridRows(
  pictures: readonly SmallPicture[],
  size: Size,
  style: Style,
): string[] {
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
function reduced(picture: SmallPicture, scale: number): SmallPicture {
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
  // A mean is weaker than what it is of: the strongest is shown as such.
  const strongest = means.reduce((most, mean) => Math.max(most, Math.abs(mean)), 0) || 1;
  return { ...picture, side, values: means.map(mean => mean / strongest) };
}

/** Renders one picture, two rows of pixels in each row of cells. */
export function pictureRows(picture: SmallPicture, style: Style): string[] {
  const { side, isInk } = picture;
  const shades = style.colours === 'none' ? undefined : shadesOf(isInk, style);
  return Array.from({ length: Math.ceil(side / 2) }, (_, row) => {
    const pairs = Array.from({ length: side }, (_, x): Pair => {
      return [valueAt(picture, x, 2 * row), valueAt(picture, x, 2 * row + 1)];
    });
    return shades === undefined
      ? pairs.map(([upper, lower]) => shadeOf((upper + lower) / 2, isInk, style.glyphs)).join('')
      : colouredRow(pairs, shades, style);
  });
}

/** The values of a pixel and of the one below it. */
type Pair = readonly [upper: number, lower: number];

/** Sequences are written where a colour changes. In ASCII, a cell has the mean colour of its pixels. */
function colouredRow(pairs: readonly Pair[], shades: Shades, { glyphs }: Style): string {
  let text = '';
  let [above, below] = [-1, -1];
  for (const [upper, lower] of pairs) {
    const isAscii = glyphs === 'ascii';
    const top = isAscii ? above : shadeIndexOf(upper);
    const bottom = shadeIndexOf(isAscii ? (upper + lower) / 2 : lower);
    if (top !== above) text += shades.foreground[top];
    if (bottom !== below) text += shades.background[bottom];
    [above, below] = [top, bottom];
    text += isAscii ? ' ' : '▀';
  }
  return text + defaultColours;
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

const inkRamps = { unicode: ' ░▒▓█', ascii: ' .:-=+*#%@' } as const;

/** From strongly negative to strongly positive. */
const signedRamp = '=- +#';

function shadeOf(value: number, isInk: boolean, glyphs: Style['glyphs']): string {
  const ramp = isInk ? inkRamps[glyphs] : signedRamp;
  const position = isInk ? value : (value + 1) / 2;
  const index = Math.round(position * (ramp.length - 1));
  return ramp[Math.min(Math.max(index, 0), ramp.length - 1)]!;
}
