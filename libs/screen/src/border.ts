// The borders of panels, with a title in the upper edge and texts in the lower one. On the border of the
// canvas the position of the keyboard's pen is marked at all four edges, so that it can be found without
// colour.

import { inTone, type Style, type Tone } from './style.ts';
import { cut } from './text.ts';

interface Lines {
  readonly corners: readonly [string, string, string, string];
  readonly across: string;
  readonly down: string;
  /** At the top, the bottom, the left and the right edge. */
  readonly marks: readonly [string, string, string, string];
}

const lines: Readonly<Record<Style['glyphs'], Lines>> = {
  unicode: { corners: ['╭', '╮', '╰', '╯'], across: '─', down: '│', marks: ['┬', '┴', '├', '┤'] },
  ascii: { corners: ['+', '+', '+', '+'], across: '-', down: '|', marks: ['v', '^', '>', '<'] },
};

/** A text in an edge. */
export interface EdgeText {
  readonly text: string;
  readonly tone: Tone;
}

/** The texts in the edges of a border; each is left out if it is empty or has no place. */
export interface BorderTexts {
  readonly title?: EdgeText;
  readonly topRight?: EdgeText;
  readonly bottomLeft?: EdgeText;
  readonly bottomRight?: EdgeText;
}

/** A cell inside the border, counted from its first. */
export interface BorderMark {
  readonly column: number;
  readonly row: number;
}

/** The edges of a border, which surround `columns` cells. */
export interface Border {
  readonly top: string;
  /** The upper edge without its corners. */
  readonly rule: string;
  readonly bottom: string;
  /** The edges at the left and at the right of a row. */
  readonly sides: (row: number) => readonly [string, string];
}

/** @returns the edges, in their tones. */
export function borderOf(
  columns: number,
  texts: BorderTexts,
  style: Style,
  mark?: BorderMark,
): Border {
  const { corners, across, down, marks } = lines[style.glyphs];
  const toned = (text: string) => inTone(text, 'border', style);
  const [left, right, markedLeft, markedRight] = [down, down, marks[2], marks[3]].map(toned);
  const upper = edgeCells(columns, { left: texts.title, right: texts.topRight }, across);
  const lower = edgeCells(columns, { left: texts.bottomLeft, right: texts.bottomRight }, across);
  if (mark !== undefined) {
    upper[mark.column] = { character: marks[0], tone: 'border' };
    lower[mark.column] = { character: marks[1], tone: 'border' };
  }
  const withCorners = (cells: readonly EdgeCell[], first: string, last: string) =>
    inTones(
      [{ character: first, tone: 'border' }, ...cells, { character: last, tone: 'border' }],
      style,
    );
  return {
    top: withCorners(upper, corners[0], corners[1]),
    rule: inTones(upper, style),
    bottom: withCorners(lower, corners[2], corners[3]),
    sides: row => (mark?.row === row ? [markedLeft!, markedRight!] : [left!, right!]),
  };
}

/** @returns the rows with the border around them; each row must be `columns` wide. */
export function bordered(rows: readonly string[], border: Border): string[] {
  return [
    border.top,
    ...rows.map((row, index) => {
      const [left, right] = border.sides(index);
      return left + row + right;
    }),
    border.bottom,
  ];
}

interface EdgeTexts {
  readonly left: EdgeText | undefined;
  readonly right: EdgeText | undefined;
}

interface EdgeCell {
  readonly character: string;
  readonly tone: Tone;
}

/** Between a text and a corner, and between two texts. */
const dashes = 1;

/** A text has a space at each side; the right one goes if both do not fit, and a long left one is cut. */
function edgeCells(columns: number, { left, right }: EdgeTexts, across: string): EdgeCell[] {
  const cells = Array.from(
    { length: columns },
    (): EdgeCell => ({ character: across, tone: 'border' }),
  );
  const place = ({ text, tone }: EdgeText, start: number) => {
    for (const [index, character] of [...` ${text} `].entries()) {
      cells[start + index] = { character, tone };
    }
    return start + text.length + 2;
  };
  let end = 0;
  if (left !== undefined && left.text !== '') {
    end = place({ ...left, text: cut(left.text, columns - 2 - 2 * dashes) }, dashes);
  }
  if (right !== undefined && right.text !== '') {
    const start = columns - dashes - right.text.length - 2;
    if (start >= end + dashes) place(right, start);
  }
  return cells;
}

/** Neighbours in one tone share its sequences. */
function inTones(cells: readonly EdgeCell[], style: Style): string {
  let text = '';
  let run = '';
  for (const [index, { character, tone }] of cells.entries()) {
    run += character;
    if (cells[index + 1]?.tone === tone) continue;
    text += inTone(run, tone, style);
    run = '';
  }
  return text;
}
