// The control sequences this app writes itself; all others are Ink's.

/** Drag reports (1002) in SGR form (1006): press, release, and motion while a button is down. */
export const mouseOn = '\u{1b}[?1002h\u{1b}[?1006h';

/** The same reports in pixels (1016) instead of cells; not for a terminal that never heard of it. */
export const pixelsOn = '\u{1b}[?1016h';

/** All of it in reverse, for every way out. Switching off what is not on does nothing. */
export const mouseOff = '\u{1b}[?1016l\u{1b}[?1006l\u{1b}[?1002l';

/** Cursor to the top left corner: entering the alternate screen leaves it on its row. */
export const cursorHome = '\u{1b}[H';

/** Home, and nothing left of what stood on the screen. */
export const clearScreen = `${cursorHome}\u{1b}[J`;

/** Ends bracketed paste, leaves the alternate screen, shows the cursor: for when Ink could not. */
export const leaveScreen = '\u{1b}[?2004l\u{1b}[?1049l\u{1b}[?25h';

/** What Ink writes when it begins: for coming back after another program had the terminal. */
export const enterScreen = '\u{1b}[?1049h\u{1b}[?25l\u{1b}[?2004h';

/** Pixel coordinates for mouse reports: ctlseqs, "SGR-Pixels". */
export const pixelMouseMode = 1016;

/** Synchronized output: a frame is shown whole. */
export const synchronizedOutputMode = 2026;

/** DECRQM: how is this mode set? */
export function queryMode(mode: number): string {
  return `\u{1b}[?${mode}$p`;
}

/** How many pixels does a cell have? */
export const queryCellSize = '\u{1b}[16t';

/** OSC 11: which colour is behind the text? */
export const queryBackground = '\u{1b}]11;?\u{1b}\\';

/** DA1, which every terminal answers. */
export const queryDevice = '\u{1b}[c';

/** Every question; the last answer says that no other is still to come. */
export const allQueries = [
  queryMode(pixelMouseMode),
  queryMode(synchronizedOutputMode),
  queryCellSize,
  queryBackground,
  queryDevice,
].join('');

/**
 * Consoles that show what they do not understand are not asked: the Linux console and terminals
 * that say that they are dumb.
 */
export function answersQueries(term: string | undefined): boolean {
  return term !== undefined && term !== '' && !/^(dumb|linux)\b/.test(term);
}
