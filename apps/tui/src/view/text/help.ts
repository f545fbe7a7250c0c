// The help: every key and what it does, as rows that fit beside the canvas and can be scrolled there.

import type { KeyHint } from './key-hint.ts';
import { keyHints } from './keys.ts';
import { wrapped } from './tables/table.ts';

/** Columns of the names of the keys. */
export const helpKeyColumns = 12;

/** A row, and the hint that it belongs to: a long meaning takes several. */
export interface HelpRow {
  readonly keys: string;
  readonly meaning: string;
  readonly hint: KeyHint;
}

/** @returns the rows of the whole help, none longer than `columns`. */
export function helpRows(columns: number): HelpRow[] {
  return keyHints.flatMap(hint => {
    const [keys, meaning] = hint;
    return wrapped(meaning, columns - helpKeyColumns).map((part, index) => ({
      keys: index === 0 ? keys : '',
      meaning: part,
      hint,
    }));
  });
}

/** A place for the help, within a border that has the title. */
export interface HelpPlace {
  readonly columns: number;
  readonly rows: number;
}

/** @returns the greatest number of rows that can be scrolled away at the top. */
export function maxHelpTop({ columns, rows }: HelpPlace): number {
  return Math.max(helpRows(columns).length - rows, 0);
}

/** @returns the rows to show from `top` on, and a title that says which of how many they are. */
export function shownHelp(
  top: number,
  place: HelpPlace,
): { readonly title: string; readonly rows: readonly HelpRow[] } {
  const all = helpRows(place.columns);
  const last = maxHelpTop(place);
  if (last === 0) return { title: 'Keys', rows: all };
  const first = Math.min(top, last);
  const rows = all.slice(first, first + place.rows);
  return { title: `Keys: ${first + 1}–${first + rows.length} of ${all.length}`, rows };
}

/** @returns all keys in columns of about the same length, for a panel of their own. */
export function keyGrid(columnCount: number): readonly (readonly KeyHint[])[] {
  const rows = Math.ceil(keyHints.length / columnCount);
  return Array.from({ length: columnCount }, (_, column) =>
    keyHints.slice(column * rows, (column + 1) * rows),
  );
}
