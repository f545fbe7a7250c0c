// The control sequences that the app itself writes: modes, and queries of the terminal's capabilities.
// All others are Ink's. Sources: xterm's ctlseqs, and the terminal-wg specification of mode 2026.

/** Drag reports (1002) in SGR form (1006): press, release, and motion while a button is down. */
export const mouseOn = '\u{1b}[?1002h\u{1b}[?1006h';

/** The same reports in pixels (1016) instead of cells; only for terminals that support it. */
export const pixelsOn = '\u{1b}[?1016h';

/** Switches all mouse modes off; a mode that is off stays so. */
export const mouseOff = '\u{1b}[?1016l\u{1b}[?1006l\u{1b}[?1002l';

/** Moves the cursor to the top left corner: entering the alternate screen leaves it on its row. */
export const cursorHome = '\u{1b}[H';

/** Moves the cursor home and clears the screen. */
export const clearScreen = `${cursorHome}\u{1b}[J`;

/** Ends bracketed paste, leaves the alternate screen, shows the cursor: if Ink could not do it. */
export const leaveScreen = '\u{1b}[?2004l\u{1b}[?1049l\u{1b}[?25h';

/** What Ink writes at its start: to resume after another program had the terminal. */
export const enterScreen = '\u{1b}[?1049h\u{1b}[?25l\u{1b}[?2004h';

/** The same two for sentences, which stay on the main screen with its cursor. */
export const leaveSentences = '\u{1b}[?2004l\u{1b}[?25h';
export const enterSentences = '\u{1b}[?2004h';

/** Pixel coordinates for mouse reports: ctlseqs, "SGR-Pixels". */
export const pixelMouseMode = 1016;

/** Synchronized output: the terminal shows a frame only when it is complete. */
export const synchronizedOutputMode = 2026;

/** DECRQM: queries the setting of a mode. */
export function queryMode(mode: number): string {
  return `\u{1b}[?${mode}$p`;
}

/** Queries the size of a cell in pixels. */
export const queryCellSize = '\u{1b}[16t';

/** OSC 11: queries the background colour. */
export const queryBackground = '\u{1b}]11;?\u{1b}\\';

/** DA1, to which every terminal responds. */
export const queryDevice = '\u{1b}[c';

/** All queries, to be written without waiting; after the last response no other will come. */
export const allQueries = [
  queryMode(pixelMouseMode),
  queryMode(synchronizedOutputMode),
  queryCellSize,
  queryBackground,
  queryDevice,
].join('');

/**
 * @param term the value of TERM
 * @returns whether the terminal can be queried: the Linux console and dumb terminals would show the
 *   queries as text
 */
export function answersQueries(term: string | undefined): boolean {
  return term !== undefined && term !== '' && !/^(dumb|linux)\b/.test(term);
}
