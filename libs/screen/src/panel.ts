// Panels: boxes with a title in their upper border, put together to rows of a screen.

import { inTone, type Style } from './style.ts';

/** A size in cells. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** What a panel shows. */
export interface PanelContent {
  readonly title: string;
  /** styled rows, each exactly as wide as the inside of the panel; missing ones are blank */
  readonly rows: readonly string[];
}

const borders = {
  unicode: { corners: ['╭', '╮', '╰', '╯'], horizontal: '─', vertical: '│' },
  ascii: { corners: ['+', '+', '+', '+'], horizontal: '-', vertical: '|' },
} as const;

/** The inside of a panel. */
export function insideOf({ columns, rows }: Size): Size {
  return { columns: columns - 2, rows: rows - 2 };
}

/** Cuts a plain text off, or pads it, to a number of columns. */
export function fitText(text: string, columns: number): string {
  if (text.length <= columns) return text.padEnd(columns);
  return columns <= 1 ? text.slice(0, columns) : `${text.slice(0, columns - 1)}…`;
}

/** Renders a panel. @param size with the borders, at least 2×2 */
export function panelRows(content: PanelContent, size: Size, style: Style): string[] {
  const { corners, horizontal, vertical } = borders[style.glyphs];
  const [topLeft, topRight, bottomLeft, bottomRight] = corners;
  const { columns, rows } = insideOf(size);
  const title = fitText(content.title, Math.min(content.title.length, columns - 3));
  const rest = horizontal.repeat(columns - title.length - 3);
  const toned = (text: string) => inTone(text, 'border', style);
  const side = toned(vertical);
  const blank = ' '.repeat(columns);
  return [
    `${toned(`${topLeft}${horizontal}`)} ${inTone(title, 'strong', style)} ${toned(`${rest}${topRight}`)}`,
    ...Array.from({ length: rows }, (_, i) => `${side}${content.rows[i] ?? blank}${side}`),
    toned(`${bottomLeft}${horizontal.repeat(columns)}${bottomRight}`),
  ];
}

/** Puts blocks of as many rows side by side. */
export function sideBySide(blocks: readonly (readonly string[])[]): string[] {
  const [first = []] = blocks;
  return first.map((_, row) => blocks.map(block => block[row] ?? '').join(''));
}

/** Lines of plain text in one tone, each fitted to the columns. */
export function textRows(lines: readonly string[], columns: number, style: Style): string[] {
  return lines.map(line => inTone(fitText(line, columns), 'quiet', style));
}
