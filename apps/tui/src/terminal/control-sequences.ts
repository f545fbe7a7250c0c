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
