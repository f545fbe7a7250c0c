// Boxes around pictures, as rows of text. On the box of the canvas the position of the keyboard's pen
// is marked at all four edges, so that it can be found without colour.

import type { DisplayStyle } from '../display-style.ts';

interface Lines {
  readonly corners: readonly [string, string, string, string];
  readonly across: string;
  readonly down: string;
  /** At the top, the bottom, the left and the right edge. */
  readonly marks: readonly [string, string, string, string];
}

const boxLines: Readonly<Record<DisplayStyle['glyphs'], Lines>> = {
  unicode: { corners: ['╭', '╮', '╰', '╯'], across: '─', down: '│', marks: ['┬', '┴', '├', '┤'] },
  ascii: { corners: ['+', '+', '+', '+'], across: '-', down: '|', marks: ['v', '^', '>', '<'] },
};

/** A cell inside the box, counted from its first. */
export interface BoxMark {
  readonly column: number;
  readonly row: number;
}

/** @returns the rows with the box around them; each row must be `columns` wide. */
export function boxed(
  rows: readonly string[],
  columns: number,
  { glyphs }: Pick<DisplayStyle, 'glyphs'>,
  mark?: BoxMark,
): string[] {
  const { corners, across, down, marks } = boxLines[glyphs];
  const edge = (sign: string) =>
    mark === undefined
      ? across.repeat(columns)
      : across.repeat(mark.column) + sign + across.repeat(columns - mark.column - 1);
  return [
    corners[0] + edge(marks[0]) + corners[1],
    ...rows.map((row, index) =>
      mark?.row === index ? marks[2] + row + marks[3] : down + row + down,
    ),
    corners[2] + edge(marks[1]) + corners[3],
  ];
}
