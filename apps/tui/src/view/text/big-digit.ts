// A digit as a large figure of blocks: five by seven squares, each two columns wide and one row
// high, times a scale.

import type { DisplayStyle } from '../display-style.ts';

const columns = 5;
const rows = 7;

/** Rows of five squares; what stands for no digit is a question mark. */
const figures: Readonly<Record<string, readonly string[]>> = {
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

/** @returns how many columns and rows a figure takes. */
export function bigDigitSize(scale: number): { readonly columns: number; readonly rows: number } {
  return { columns: 2 * columns * scale, rows: rows * scale };
}

/** @returns the rows of a figure; of nothing, empty rows; of null, a question mark. */
export function bigDigitRows(
  digit: number | null | undefined,
  scale: number,
  glyphs: DisplayStyle['glyphs'],
): string[] {
  const blank = ' '.repeat(2 * columns * scale);
  if (digit === undefined) return Array(rows * scale).fill(blank);
  const square = (glyphs === 'unicode' ? '█' : '#').repeat(2 * scale);
  const paper = ' '.repeat(2 * scale);
  return (figures[`${digit ?? '?'}`] ?? []).flatMap(row => {
    const text = row.replaceAll('#', square).replaceAll('.', paper);
    return Array<string>(scale).fill(text);
  });
}
