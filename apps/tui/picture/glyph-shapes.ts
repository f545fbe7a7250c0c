// The characters that are drawn as shapes, since their sizes differ between fonts: blocks, shades, braille
// patterns, and the lines of borders.

/** A rectangle: left, top, width and height as fractions of a cell. */
export type Part = readonly [number, number, number, number];

/** Which of the four neighbours the line of a border's character leads to. */
export interface Line {
  readonly up?: true;
  readonly down?: true;
  readonly left?: true;
  readonly right?: true;
}

const lines: Readonly<Record<string, Line>> = {
  '─': { left: true, right: true },
  '│': { up: true, down: true },
  '╭': { down: true, right: true },
  '╮': { down: true, left: true },
  '╰': { up: true, right: true },
  '╯': { up: true, left: true },
  '├': { up: true, down: true, right: true },
  '┤': { up: true, down: true, left: true },
  '┬': { down: true, left: true, right: true },
  '┴': { up: true, left: true, right: true },
};

/** How much of the cell a shade covers. */
const shades: Readonly<Record<string, number>> = { '░': 0.25, '▒': 0.5, '▓': 0.75 };

const halvesAndWhole = '▀▄█';

const firstBraille = 0x2800;
/** Column and row of the dot of each bit. */
const brailleDots = [
  [0, 0],
  [0, 1],
  [0, 2],
  [1, 0],
  [1, 1],
  [1, 2],
  [0, 3],
  [1, 3],
] as const;

export function lineOf(character: string): Line | undefined {
  return lines[character];
}

export function shadeOf(character: string): number | undefined {
  return shades[character];
}

export function isBraille(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return code >= firstBraille && code <= firstBraille + 0xff;
}

/**
 * @returns the rectangles of a block that fills a part of its cell, or of a braille pattern; `undefined` for
 *   another character. Whole and half blocks are colours.
 */
export function partsOf(character: string): readonly Part[] | undefined {
  const code = character.codePointAt(0) ?? 0;
  if (isBraille(character)) {
    return brailleDots
      .filter((_, bit) => ((code - firstBraille) >> bit) & 1)
      .map(([column, row]) => [0.15 + column / 2, 0.06 + row / 4, 0.2, 0.13]);
  }
  // ▁ to ▇ fill the cell from below, ▉ to ▏ from the left, both in eighths.
  if (halvesAndWhole.includes(character)) return undefined;
  const [below, beside] = [code - 0x2580, 0x2590 - code];
  if (below > 0 && below < 8) return [[0, 1 - below / 8, 1, below / 8]];
  return beside > 0 && beside < 8 ? [[0, 0, beside / 8, 1]] : undefined;
}

/** Whether the character is text, and visible. */
export function isText(character: string): boolean {
  return (
    character.trim() !== '' &&
    lines[character] === undefined &&
    shades[character] === undefined &&
    !halvesAndWhole.includes(character) &&
    partsOf(character) === undefined
  );
}
