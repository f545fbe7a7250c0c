// A terminal emulator without a window: what a program wrote, as a person would see it.

import xterm from '@xterm/headless';

/** One character of the screen with its 24-bit colours; undefined where it has the default. */
export type ScreenCell = {
  readonly character: string;
  readonly foreground: number | undefined;
  readonly background: number | undefined;
};

export type EmulatedScreen = {
  /** Shows what was written, and returns when that is done. */
  write(output: string): Promise<void>;
  resize(columns: number, rows: number): void;
  /** The rows of the screen from the top, without spaces at their ends. */
  lines(): string[];
  cell(column: number, row: number): ScreenCell;
  /** Where the cursor stands. */
  cursor(): { column: number; row: number };
  /** What the emulator answers to queries, as a terminal does. */
  onAnswer(listener: (answer: string) => void): void;
};

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
        foreground: cell?.isFgRGB() ? cell.getFgColor() : undefined,
        background: cell?.isBgRGB() ? cell.getBgColor() : undefined,
      };
    },
    cursor: () => ({ column: terminal.buffer.active.cursorX, row: terminal.buffer.active.cursorY }),
    onAnswer: listener => void terminal.onData(listener),
  };
}

/**
 * The 28×28 pixels on the screen, read as a person finds them: inside the box with the first
 * corner, two to a cell.
 */
export function pixelsOn(screen: EmulatedScreen): number[] {
  const lines = screen.lines();
  const cornerRow = lines.findIndex(line => line.includes('╭'));
  const cornerColumn = lines[cornerRow]?.indexOf('╭') ?? -1;
  const grey = (colour: number | undefined) => (colour ?? 0) & 0xff;
  return Array.from({ length: 28 * 28 }, (_, index) => {
    const [x, y] = [index % 28, Math.floor(index / 28)];
    const cell = screen.cell(cornerColumn + 1 + x, cornerRow + 1 + Math.floor(y / 2));
    return grey(y % 2 === 0 ? cell.foreground : cell.background);
  });
}
