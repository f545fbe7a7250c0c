// Renders a terminal's screen as SVG: a rectangle and a character for each cell. Block characters are
// drawn as rectangles, since their size differs between fonts.

import type { IBufferCell, Terminal } from '@xterm/headless';

const cellWidth = 8.4;
const cellHeight = 17;
const margin = 18;
const fontSize = 14;

const ink = '#e4e4e7';
const background = '#101014';

/** The part of the cell that each block character fills: x, y, width, height as fractions. */
const blockElements: Readonly<Record<string, readonly [number, number, number, number]>> = {
  '▀': [0, 0, 1, 0.5],
  '▄': [0, 0.5, 1, 0.5],
  '█': [0, 0, 1, 1],
  '▉': [0, 0, 7 / 8, 1],
  '▊': [0, 0, 6 / 8, 1],
  '▋': [0, 0, 5 / 8, 1],
  '▌': [0, 0, 4 / 8, 1],
  '▍': [0, 0, 3 / 8, 1],
  '▎': [0, 0, 2 / 8, 1],
  '▏': [0, 0, 1 / 8, 1],
};

/** @returns an SVG document of the first `rows` rows. */
export function screenToSvg(terminal: Terminal, rows: number): string {
  const width = (terminal.cols * cellWidth + 2 * margin).toFixed(0);
  const height = rows * cellHeight + 2 * margin;
  const lines = Array.from({ length: rows }, (_, row) => rowToSvg(terminal, row));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img">`,
    '<title>A digit drawn in the terminal, and its prediction</title>',
    `<rect width="${width}" height="${height}" rx="12" fill="${background}"/>`,
    `<g transform="translate(${margin} ${margin})" font-size="${fontSize}" fill="${ink}"`,
    ' font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, DejaVu Sans Mono, monospace">',
    ...lines,
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

/** Neighbours of one colour form one rectangle, and neighbours of one style one text. */
function rowToSvg(terminal: Terminal, row: number): string {
  const line = terminal.buffer.active.getLine(row);
  const cells = Array.from({ length: terminal.cols }, (_, column) => line?.getCell(column));
  const papers = runs(cells.map(cell => (cell?.isBgRGB() ? hex(cell.getBgColor()) : undefined)));
  const papered = papers.map(run => rectangle(run, row, [0, 0, 1, 1]));
  const blocks = runs(cells.map(blockOf)).map(run => {
    const [block = '█', fill = ink] = run.value.split(' ');
    return rectangle({ ...run, value: fill }, row, blockElements[block] ?? [0, 0, 1, 1]);
  });
  const texts = runs(cells.map(textStyleOf)).map(run => {
    const characters = cells.slice(run.start, run.end).map(cell => cell?.getChars() || ' ');
    return text(run, row, characters.join(''));
  });
  return [...papered, ...blocks, ...texts].join('');
}

interface Run {
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** Runs of equal neighbouring values; `undefined` is left out. */
function runs(values: readonly (string | undefined)[]): Run[] {
  const found: Run[] = [];
  for (const [index, value] of values.entries()) {
    const last = found.at(-1);
    if (value === undefined) continue;
    if (last?.value === value && last.end === index && !isPart(value)) {
      found[found.length - 1] = { ...last, end: index + 1 };
    } else found.push({ value, start: index, end: index + 1 });
  }
  return found;
}

/** A block that is narrower than its cell is not joined with its neighbours. */
function isPart(value: string): boolean {
  return (blockElements[value[0] ?? '']?.[2] ?? 1) < 1;
}

function blockOf(cell: IBufferCell | undefined): string | undefined {
  const character = cell?.getChars() ?? '';
  return cell && character in blockElements ? `${character} ${inkOf(cell)}` : undefined;
}

function textStyleOf(cell: IBufferCell | undefined): string | undefined {
  const character = cell?.getChars() ?? '';
  if (cell === undefined || character.trim() === '' || character in blockElements) return undefined;
  return `fill="${inkOf(cell)}"${cell.isBold() ? ' font-weight="bold"' : ''}`;
}

function inkOf(cell: IBufferCell): string {
  return cell.isFgRGB() ? hex(cell.getFgColor()) : ink;
}

/** A little larger than the cells, so that there are no seams. */
function rectangle(
  { value, start, end }: Run,
  row: number,
  [left, top, width, height]: readonly [number, number, number, number],
): string {
  const x = ((start + left) * cellWidth).toFixed(1);
  const y = (row + top) * cellHeight;
  const columns = ((end - start) * width * cellWidth + 0.2).toFixed(1);
  return `<rect x="${x}" y="${y}" width="${columns}" height="${height * cellHeight + 0.2}" fill="${value}"/>`;
}

function text({ value, start, end }: Run, row: number, characters: string): string {
  const x = (start * cellWidth).toFixed(1);
  const y = (row + 0.76) * cellHeight;
  const length = ((end - start) * cellWidth).toFixed(1);
  return `<text x="${x}" y="${y}" textLength="${length}" lengthAdjust="spacingAndGlyphs" ${value} xml:space="preserve">${escapeXml(characters)}</text>`;
}

function hex(rgb: number): string {
  return `#${rgb.toString(16).padStart(6, '0')}`;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
