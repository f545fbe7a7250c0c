// Panels: boxes with texts in their borders, put together to rows of a screen.

import { bordered, borderOf, type EdgeText } from './border.ts';
import type { Style, Tone } from './style.ts';

/** A size in cells. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** What a panel shows. */
export interface PanelContent {
  readonly title: string;
  /** Strong, unless it is given. */
  readonly titleTone?: Tone;
  readonly topRight?: EdgeText;
  /** Quiet. */
  readonly bottomLeft?: string;
  readonly bottomRight?: string;
  /** styled rows, each exactly as wide as the inside of the panel; missing ones are blank */
  readonly rows: readonly string[];
}

/** The inside of a panel. */
export function insideOf({ columns, rows }: Size): Size {
  return { columns: columns - 2, rows: rows - 2 };
}

/** Renders a panel; rows that do not fit are left out. @param size with the borders, at least 2×2 */
export function panelRows(content: PanelContent, size: Size, style: Style): string[] {
  const { title, titleTone = 'strong', topRight, bottomLeft = '', bottomRight = '' } = content;
  const { columns, rows } = insideOf(size);
  const border = borderOf(
    columns,
    {
      title: { text: title, tone: titleTone },
      ...(topRight && { topRight }),
      bottomLeft: { text: bottomLeft, tone: 'quiet' },
      bottomRight: { text: bottomRight, tone: 'quiet' },
    },
    style,
  );
  const blank = ' '.repeat(columns);
  return bordered(
    Array.from({ length: rows }, (_, row) => content.rows[row] ?? blank),
    border,
  );
}

/** Puts blocks of as many rows side by side. */
export function sideBySide(blocks: readonly (readonly string[])[]): string[] {
  const [first = []] = blocks;
  return first.map((_, row) => blocks.map(block => block[row] ?? '').join(''));
}
