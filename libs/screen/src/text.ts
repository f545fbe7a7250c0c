// Plain text fitted to a number of columns.

import { inTone, type Style } from './style.ts';

/** Cuts off what does not fit. */
export function cut(text: string, columns: number): string {
  if (text.length <= columns) return text;
  return columns <= 1 ? text.slice(0, columns) : `${text.slice(0, columns - 1)}…`;
}

/** Cuts a text off, or pads it. */
export function fitText(text: string, columns: number): string {
  return cut(text, columns).padEnd(columns);
}

/** Lines in one tone, each fitted to the columns. */
export function textRows(lines: readonly string[], columns: number, style: Style): string[] {
  return lines.map(line => inTone(fitText(line, columns), 'quiet', style));
}
