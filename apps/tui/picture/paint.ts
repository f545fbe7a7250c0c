// Paints cells as SVG: their colours as rectangles, and above these what stands in them: parts of blocks, the
// lines of borders, text.

import { background, type Cell, type Grid, ink } from './cells.ts';
import {
  isBraille,
  isText,
  type Line,
  lineOf,
  type Part,
  partsOf,
  shadeOf,
} from './glyph-shapes.ts';
import { joinedAcross, joinedDown } from './rectangles.ts';
import { escapeXml, figure, shortColour } from './svg-text.ts';

export const cellWidth = 8.4;
export const cellHeight = 17;
const fontSize = 14;
const cornerRadius = 3.5;
const fontFamily = 'ui-monospace, SFMono-Regular, Menlo, Consolas, DejaVu Sans Mono, monospace';

/** Of the group around what is painted. */
export const groupAttributes = `font-size="${fontSize}" fill="${ink}" font-family="${fontFamily}"`;

/** A piece of SVG; those with the same beginning may be one, with the content of each. */
export interface Mark {
  readonly begin: string;
  readonly content: string;
  readonly end: string;
}

/** A cell and where it is. */
interface Place {
  readonly column: number;
  readonly row: number;
  readonly cell: Cell;
}

/** Without antialiasing a colour covers exactly what was painted in the same cell. */
const crisp = 'shape-rendering="crispEdges"';

/**
 * The colours of both halves of each cell.
 *
 * @param before what is painted already, and covered where it differs; without it, the background
 */
export function paintColours(after: Grid, before?: Grid): string {
  const changes = placesOf(after).flatMap(({ column, row, cell }) => {
    const old = before?.[row]?.[column];
    const covered = old ? halvesOf(old) : [background, background];
    return halvesOf(cell).flatMap((colour, half) =>
      colour === covered[half] ? [] : [{ colour, at: [column, 2 * row + half, 1, 1] as Part }],
    );
  });
  // A row's upper halves come before its lower ones, so that neighbours follow each other.
  const ordered = changes.toSorted((one, other) => one.at[1] - other.at[1]);
  const paths = [...Map.groupBy(ordered, ({ colour }) => colour)].map(([colour, list]) => {
    const joined = joinedDown(joinedAcross(list.map(({ at }) => at)));
    return `<path fill="${shortColour(colour)}" d="${joined.map(rectangle).join('')}"/>`;
  });
  if (paths.length === 0) return '';
  return `<g transform="scale(${cellWidth} ${cellHeight / 2})" ${crisp}>${paths.join('')}</g>`;
}

/** What stands in the cells, above their colours. */
export function marksOf(grid: Grid): Mark[] {
  const places = placesOf(grid).filter(({ cell }) => cell.character !== ' ');
  return [...partMarks(places), ...borderMarks(places), ...textMarks(places)];
}

/** @returns the marks as SVG; paths of one kind are joined */
export function paintMarks(marks: readonly Mark[]): string {
  return [...Map.groupBy(marks, ({ begin }) => begin)]
    .map(([begin, list]) => `${begin}${list.map(({ content }) => content).join('')}${list[0]!.end}`)
    .join('');
}

function placesOf(grid: Grid): Place[] {
  return grid.flatMap((cells, row) => cells.map((cell, column) => ({ column, row, cell })));
}

function halvesOf({ character, foreground, background }: Cell): readonly [string, string] {
  if (character === '█') return [foreground, foreground];
  if (character === '▀') return [foreground, background];
  if (character === '▄') return [background, foreground];
  const shade = shadeOf(character);
  const colour = shade === undefined ? background : mix(background, foreground, shade);
  return [colour, colour];
}

function mix(one: string, other: string, weight: number): string {
  const channel = (colour: string, at: number) => Number.parseInt(colour.slice(at, at + 2), 16);
  const mixed = [1, 3, 5].map(at =>
    Math.round((1 - weight) * channel(one, at) + weight * channel(other, at)),
  );
  return `#${mixed.map(value => value.toString(16).padStart(2, '0')).join('')}`;
}

function rectangle([left, top, width, height]: Part): string {
  return `M${figure(left)} ${figure(top)}h${figure(width)}v${figure(height)}h${figure(-width)}`;
}

/** Blocks that fill a part of their cell, and the dots of braille patterns. */
function partMarks(places: readonly Place[]): Mark[] {
  return places.flatMap(({ column, row, cell }) => {
    const edges = isBraille(cell.character) ? '' : ` ${crisp}`;
    return (partsOf(cell.character) ?? []).map(([left, top, width, height]) =>
      pathMark(
        `fill="${shortColour(cell.foreground)}"${edges}`,
        rectangle([
          (column + left) * cellWidth,
          (row + top) * cellHeight,
          width * cellWidth,
          height * cellHeight,
        ]),
      ),
    );
  });
}

function pathMark(attributes: string, content: string): Mark {
  return { begin: `<path ${attributes} d="`, content, end: '"/>' };
}

/** The lines of borders, joined along their direction. */
function borderMarks(places: readonly Place[]): Mark[] {
  const lines = places.filter(({ cell }) => lineOf(cell.character));
  return [...Map.groupBy(lines, ({ cell }) => cell.foreground)].flatMap(([colour, list]) =>
    [...straights(list), ...list.map(cornerOf)]
      .filter(stroke => stroke !== '')
      .map(stroke => pathMark(`stroke="${shortColour(colour)}" fill="none"`, stroke)),
  );
}

function straights(places: readonly Place[]): string[] {
  const leading = (...ways: readonly (keyof Line)[]) =>
    places
      .filter(({ cell }) => ways.every(way => lineOf(cell.character)?.[way]))
      .map(({ column, row }): Part => [column, row, 1, 1]);
  const x = (column: number) => figure(column * cellWidth);
  const y = (row: number) => figure(row * cellHeight);
  return [
    ...joinedAcross(leading('left', 'right')).map(
      ([column, row, width]) => `M${x(column)} ${y(row + 0.5)}H${x(column + width)}`,
    ),
    ...joinedDown(leading('up', 'down')).map(
      ([column, row, , height]) => `M${x(column + 0.5)} ${y(row)}V${y(row + height)}`,
    ),
  ];
}

/** A round corner, from the middle of one edge of the cell to that of another one. */
function cornerOf({ column, row, cell }: Place): string {
  const { up, down, left, right } = lineOf(cell.character)!;
  if ((up && down) || (left && right)) return '';
  const [x, y] = [(column + 0.5) * cellWidth, (row + 0.5) * cellHeight];
  const [across, along] = [left ? -1 : 1, up ? -1 : 1];
  const edge = { x: x + (across * cellWidth) / 2, y: y + (along * cellHeight) / 2 };
  const start = `M${figure(x)} ${figure(edge.y)}V${figure(y + along * cornerRadius)}`;
  const bend = `Q${figure(x)} ${figure(y)} ${figure(x + across * cornerRadius)} ${figure(y)}`;
  return `${start}${bend}H${figure(edge.x)}`;
}

/** Neighbours of one style form one text; a single space between them belongs to it. */
function textMarks(places: readonly Place[]): Mark[] {
  const runs: { style: string; row: number; column: number; text: string }[] = [];
  for (const { column, row, cell } of places) {
    if (!isText(cell.character)) continue;
    const style = styleOf(cell);
    const last = runs.at(-1);
    const gap = last?.row === row ? column - last.column - last.text.length : -1;
    if (last?.style === style && (gap === 0 || gap === 1)) {
      last.text += ' '.repeat(gap) + cell.character;
    } else runs.push({ style, row, column, text: cell.character });
  }
  return runs.map(({ style, row, column, text }) => {
    const at = `x="${figure(column * cellWidth)}" y="${figure((row + 0.76) * cellHeight)}"`;
    const length = text.length === 1 ? '' : ` textLength="${figure(text.length * cellWidth)}"`;
    return {
      begin: `<text ${at}${length}${style}>`,
      content: escapeXml(text),
      end: '</text>',
    };
  });
}

function styleOf({ foreground, isBold }: Cell): string {
  const fill = foreground === ink ? '' : ` fill="${shortColour(foreground)}"`;
  return `${fill}${isBold ? ' font-weight="bold"' : ''}`;
}
