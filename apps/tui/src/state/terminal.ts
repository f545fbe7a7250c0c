// What the state knows of the terminal: the size of its window and what it can show.

/** The size of the window, in cells. */
export interface WindowSize {
  readonly columns: number;
  readonly rows: number;
}

/** Some terminals, as on a serial line, report no size; they are taken for 80×24. */
export function windowSize({ columns, rows }: Partial<WindowSize>): WindowSize {
  return { columns: columns || 80, rows: rows || 24 };
}

/** No colour, the 16 of the palette, 256, or any 24-bit colour. */
export type Colours = 'none' | 16 | 256 | 'full';

/** Programs that share a terminal between several others. */
export type Multiplexer = 'tmux' | 'screen';

/** What the terminal can show and report. */
export interface Capabilities {
  readonly colours: Colours;
  /** Whether more than ASCII may be written. */
  readonly unicode: boolean;
  /** Whether the mouse can be reported in pixels. */
  readonly pixelMouse: boolean;
  /** Whether the terminal shows a frame only when it is complete (mode 2026). */
  readonly synchronizedOutput: boolean;
  /** Whether the background is light or dark. */
  readonly theme: 'light' | 'dark';
  /** The program between the app and the terminal, if there is one. */
  readonly multiplexer: Multiplexer | undefined;
  /** Whether the screen is sentences: for a screen reader (INK_SCREEN_READER), or with TERM=dumb. */
  readonly isScreenReader: boolean;
}
