// Blocks of rows within larger areas: blank ones, in the middle, between the margins of a panel.

import type { Size } from '@digits/screen';
import { type Area, contentOf } from '../layout.ts';

/** None for a negative number. */
export function blankRows({ columns, rows }: Size): string[] {
  return Array<string>(Math.max(rows, 0)).fill(' '.repeat(columns));
}

/** @returns rows of so many columns in the middle of an area, without the blank rows below them. */
export function centred(block: readonly string[], blockColumns: number, area: Size): string[] {
  const { columns } = area;
  const above = Math.floor((area.rows - block.length) / 2);
  const left = Math.floor((columns - blockColumns) / 2);
  const right = columns - blockColumns - left;
  return [
    ...blankRows({ columns, rows: above }),
    ...block.map(row => ' '.repeat(left) + row + ' '.repeat(right)),
  ];
}

/** @returns rows as wide as the content of a panel, as they are within its border. */
export function withMargins(rows: readonly string[], panel: Area): string[] {
  const margin = ' '.repeat(contentOf(panel).left - panel.left - 1);
  return rows.map(row => margin + row + margin);
}
