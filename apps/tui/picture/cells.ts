// The cells of an emulated screen: what is painted. Figures that differ at each run are left out, so that a
// picture changes only with what it shows.

import type { IBufferCell, Terminal } from '@xterm/headless';

export const ink = '#e4e4e7';
export const background = '#101014';

export interface Cell {
  readonly character: string;
  /** CSS colours. */
  readonly foreground: string;
  readonly background: string;
  readonly isBold: boolean;
}

/** Rows of cells. */
export type Grid = readonly (readonly Cell[])[];

/** @returns a copy of the screen's cells */
export function readGrid(terminal: Terminal): Grid {
  const { active } = terminal.buffer;
  return Array.from({ length: terminal.rows }, (_, row) => {
    const line = active.getLine(active.viewportY + row);
    return withoutFigures(
      Array.from({ length: terminal.cols }, (_, column) => cellOf(line?.getCell(column))),
    );
  });
}

const blankBraille = '\u2800';

function cellOf(cell: IBufferCell | undefined): Cell {
  return {
    character: (cell?.getChars() || ' ').replace(blankBraille, ' '),
    foreground: cell?.isFgRGB() ? hex(cell.getFgColor()) : ink,
    background: cell?.isBgRGB() ? hex(cell.getBgColor()) : background,
    isBold: Boolean(cell?.isBold()),
  };
}

function hex(rgb: number): string {
  return `#${rgb.toString(16).padStart(6, '0')}`;
}

/** Port, latency, time left and speed. */
const figures = [
  /, embedded at http:\/\/127\.0\.0\.1:\d+/,
  /, \d+ ms/,
  / {2}[\d:]+ left/,
  / {2}[\d,]+ images\/s/,
];
const panelEdge = /[│╯]/;

/** Takes the figures out of a row; the last cell before the panel's edge fills the space. */
function withoutFigures(row: readonly Cell[]): readonly Cell[] {
  return figures.reduce((cells, figure) => {
    const line = cells.map(({ character }) => character).join('');
    const found = figure.exec(line);
    if (!found) return cells;
    const end = found.index + found[0].length;
    const edge = end + Math.max(line.slice(end).search(panelEdge), 0);
    const filler = Array<Cell>(found[0].length).fill(cells[edge - 1]!);
    return [
      ...cells.slice(0, found.index),
      ...cells.slice(end, edge),
      ...filler,
      ...cells.slice(edge),
    ];
  }, row);
}
