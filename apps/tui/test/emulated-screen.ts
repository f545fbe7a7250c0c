// A terminal emulator without a window: the screen that a program's output produces.

import xterm from '@xterm/headless';

/** One character of the screen with its 24-bit colours; undefined for the default colour. */
export interface ScreenCell {
  readonly character: string;
  readonly foreground: number | undefined;
  readonly background: number | undefined;
}

export interface EmulatedScreen {
  /** Processes output and settles when that is done. */
  write(output: string): Promise<void>;
  resize(columns: number, rows: number): void;
  /** The rows of the screen from the top, without trailing spaces. */
  lines(): string[];
  cell(column: number, row: number): ScreenCell;
  /** The position of the cursor. */
  cursor(): { column: number; row: number };
  /** Calls back with each response to a query. */
  onAnswer(listener: (answer: string) => void): void;
}

export function createScreen(columns: number, rows: number): EmulatedScreen {
  const terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
  const lineAt = (row: number) =>
    terminal.buffer.active.getLine(terminal.buffer.active.viewportY + row);
  return {
    write: output => new Promise(resolve => terminal.write(output, resolve)),
    resize: (toColumns, toRows) => terminal.resize(toColumns, toRows),
    lines: () =>
      Array.from({ length: terminal.rows }, (_, row) => lineAt(row)?.translateToString(true) ?? ''),
    cell(column, row) {
      const cell = lineAt(row)?.getCell(column);
      return {
        character: cell?.getChars() ?? '',
        foreground: cell?.isFgDefault() ? undefined : rgbOf(cell?.getFgColor(), cell?.isFgRGB()),
        background: cell?.isBgDefault() ? undefined : rgbOf(cell?.getBgColor(), cell?.isBgRGB()),
      };
    },
    cursor: () => ({ column: terminal.buffer.active.cursorX, row: terminal.buffer.active.cursorY }),
    onAnswer: listener => void terminal.onData(listener),
  };
}

/** The inside of the canvas: the first box on the screen. */
export function canvasOn(screen: EmulatedScreen): {
  readonly left: number;
  readonly top: number;
  readonly columns: number;
  readonly rows: number;
} {
  return insideOfFirstBox(screen.lines());
}

const corner = /╭|\+-/;

/** The inside of the box with the first corner, which may have texts in its edges. */
export function insideOfFirstBox(lines: readonly string[]) {
  const top = lines.findIndex(line => corner.test(line));
  const edge = lines[top] ?? '';
  const left = edge.search(corner);
  const right = left + 1 + edge.slice(left + 1).search(/[╮+]/);
  const height = lines.slice(top + 1).findIndex(line => /[╰+]/.test(line[left] ?? ''));
  return { left: left + 1, top: top + 1, columns: right - left - 1, rows: height };
}

/**
 * The 28×28 pixels on the screen: two to a cell where the canvas has
 * 14 rows, and else one in two cells.
 */
export function pixelsOn(screen: EmulatedScreen): number[] {
  const { left, top, columns, rows } = canvasOn(screen);
  const grey = (colour: number | undefined) => (colour ?? 0) & 0xff;
  return Array.from({ length: 28 * 28 }, (_, index) => {
    const [x, y] = [index % 28, Math.floor(index / 28)];
    const cell = screen.cell(left + (x * columns) / 28, top + Math.floor((y * rows) / 28));
    return grey(rows === 14 && y % 2 === 0 ? cell.foreground : cell.background);
  });
}

/** A colour of xterm's palette; 16…255 are a cube of 6×6×6 and 24 greys. */
function rgbOf(colour: number | undefined, isRgb: boolean | undefined): number | undefined {
  if (colour === undefined || isRgb) return colour;
  if (colour >= 232) return (8 + 10 * (colour - 232)) * 0x010101;
  if (colour >= 16) {
    const step = (place: number) =>
      [0, 95, 135, 175, 215, 255][Math.floor((colour - 16) / place) % 6]!;
    return (step(36) << 16) | (step(6) << 8) | step(1);
  }
  return basic[colour];
}

const basic = [
  0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd, 0x00cdcd, 0xe5e5e5, 0x7f7f7f,
  0xff0000, 0x00ff00, 0xffff00, 0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff,
];
