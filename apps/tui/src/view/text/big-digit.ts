// A big digit made of blocks: five by seven squares, each two columns wide and one row high, times a
// scale.

import type { DisplayStyle } from '../display-style.ts';

const columns = 5;
const rows = 7;

/** Rows of five squares; a question mark stands for no digit. */
const patterns: Readonly<Record<string, readonly string[]>> = {
  '0': ['.###.', '#...#', '#...#', '#...#', '#...#', '#...#', '.###.'],
  '1': ['..#..', '.##..', '..#..', '..#..', '..#..', '..#..', '.###.'],
  '2': ['.###.', '#...#', '....#', '...#.', '..#..', '.#...', '#####'],
  '3': ['.###.', '#...#', '....#', '..##.', '....#', '#...#', '.###.'],
  '4': ['...#.', '..##.', '.#.#.', '#..#.', '#####', '...#.', '...#.'],
  '5': ['#####', '#....', '####.', '....#', '....#', '#...#', '.###.'],
  '6': ['..##.', '.#...', '#....', '####.', '#...#', '#...#', '.###.'],
  '7': ['#####', '....#', '...#.', '..#..', '..#..', '.#...', '.#...'],
  '8': ['.###.', '#...#', '#...#', '.###.', '#...#', '#...#', '.###.'],
  '9': ['.###.', '#...#', '#...#', '.####', '....#', '...#.', '.##..'],
  '?': ['.###.', '#...#', '....#', '...#.', '..#..', '.....', '..#..'],
};

/** The squares of a big digit across and down. */
export const bigDigitSquares = { columns, rows } as const;

/** @returns whether a big digit has a square in this column and row, both from 0. */
export function hasBigDigitSquare(digit: number, column: number, row: number): boolean {
  return patterns[`${digit}`]?.[row]?.[column] === '#';
}

/** @returns the columns and rows of a big digit. */
export function bigDigitSize(scale: number): { readonly columns: number; readonly rows: number } {
  return { columns: 2 * columns * scale, rows: rows * scale };
}

/** @returns the rows of a big digit; empty ones for `undefined`, a question mark for `null`. */
export function bigDigitRows(
  digit: number | null | undefined,
  scale: number,
  glyphs: DisplayStyle['glyphs'],
): string[] {
  const blank = ' '.repeat(2 * columns * scale);
  if (digit === undefined) return Array(rows * scale).fill(blank);
  const square = (glyphs === 'unicode' ? '█' : '#').repeat(2 * scale);
  const empty = ' '.repeat(2 * scale);
  return (patterns[`${digit ?? '?'}`] ?? []).flatMap(row => {
    const text = row.replaceAll('#', square).replaceAll('.', empty);
    return Array<string>(scale).fill(text);
  });
}
