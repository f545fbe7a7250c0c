// The control sequences this app writes itself; all others are Ink's.

/** Drag reports (1002) in SGR form (1006): press, release, and motion while a button is down. */
export const MOUSE_ON = '\u{1b}[?1002h\u{1b}[?1006h';

/** The same in reverse, for every way out. */
export const MOUSE_OFF = '\u{1b}[?1006l\u{1b}[?1002l';

/** Cursor to the top left corner: entering the alternate screen leaves it on its row. */
export const CURSOR_HOME = '\u{1b}[H';

/** Home, and nothing left of what stood on the screen. */
export const CLEAR_SCREEN = `${CURSOR_HOME}\u{1b}[J`;

/** Leaves the alternate screen and shows the cursor: only for when Ink could not. */
export const LEAVE_SCREEN = '\u{1b}[?1049l\u{1b}[?25h';
