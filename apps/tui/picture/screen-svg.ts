// A terminal's screen as a picture: every cell a rectangle of its background and its character.
// Half blocks are drawn as rectangles, since fonts disagree on how large they are.

import type { IBufferCell, Terminal } from '@xterm/headless';

const CELL_WIDTH = 8.4;
const CELL_HEIGHT = 17;
const MARGIN = 14;
const FONT_SIZE = 14;

const INK = '#d4d4d8';
const PAPER = '#18181b';

/** The colours of the ANSI palette that the app uses: green and yellow. */
const PALETTE: Readonly<Record<number, string>> = { 2: '#4ade80', 3: '#facc15' };

/** @returns an SVG document of the first `rows` rows */
export function screenToSvg(terminal: Terminal, rows: number): string {
  const width = terminal.cols * CELL_WIDTH + 2 * MARGIN;
  const height = rows * CELL_HEIGHT + 2 * MARGIN;
  const lines = Array.from({ length: rows }, (_, row) => rowToSvg(terminal, row));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img">`,
    '<title>A digit drawn in the terminal, and what it was read as</title>',
    `<rect width="${width}" height="${height}" rx="10" fill="${PAPER}"/>`,
    `<g transform="translate(${MARGIN} ${MARGIN})" font-size="${FONT_SIZE}" fill="${INK}"`,
    ' shape-rendering="crispEdges" font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, DejaVu Sans Mono, monospace">',
    ...lines,
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

function rowToSvg(terminal: Terminal, row: number): string {
  const line = terminal.buffer.active.getLine(row);
  const cells = Array.from({ length: terminal.cols }, (_, column) => line?.getCell(column));
  return cells.map((cell, column) => (cell ? cellToSvg(cell, column, row) : '')).join('');
}

function cellToSvg(cell: IBufferCell, column: number, row: number): string {
  const character = cell.getChars();
  const ink = cell.isFgRGB() ? hex(cell.getFgColor()) : (PALETTE[cell.getFgColor()] ?? INK);
  const x = column * CELL_WIDTH;
  const y = row * CELL_HEIGHT;
  if (character === '▀') {
    const below = cell.isBgRGB() ? hex(cell.getBgColor()) : PAPER;
    const half = CELL_HEIGHT / 2;
    return rectangle(x, y, half, ink) + rectangle(x, y + half, half, below);
  }
  if (character === '█') return rectangle(x, y + 2, CELL_HEIGHT - 4, ink);
  if (character.trim() === '') return '';
  const weight = cell.isBold() ? ' font-weight="bold"' : '';
  const opacity = cell.isDim() ? ' opacity="0.6"' : '';
  const baseline = y + 0.75 * CELL_HEIGHT;
  return `<text x="${x.toFixed(1)}" y="${baseline}" fill="${ink}"${weight}${opacity}>${escapeXml(character)}</text>`;
}

/** A little wider than a cell, so that no seam shows between two. */
function rectangle(x: number, y: number, height: number, fill: string): string {
  return `<rect x="${x.toFixed(1)}" y="${y}" width="${CELL_WIDTH + 0.2}" height="${height + 0.2}" fill="${fill}"/>`;
}

function hex(rgb: number): string {
  return `#${rgb.toString(16).padStart(6, '0')}`;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
