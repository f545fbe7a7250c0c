// Rows for terminals that know no more than ASCII, or are to be given no more.

import type { DisplayStyle } from '../display-style.ts';

/** One character for each, so that nothing moves. */
const signs: Readonly<Record<string, string>> = {
  '–': '-',
  '…': '.',
  '×': 'x',
  '·': '.',
  '’': "'",
  '→': '>',
};

/** @returns the row with ASCII in the place of other signs; the lines of boxes as the style has them. */
export function toDisplayableRow(row: string, { glyphs, lines }: DisplayStyle): string {
  if (glyphs === 'unicode') return row;
  const plain = row.replace(/[–…×·’→]/g, sign => signs[sign] ?? '?');
  return lines === 'ascii' ? plain.replace(/\P{ASCII}/gu, '?') : plain;
}
