// What the app asks the terminal, all at once and without waiting: a terminal that never answers
// costs nothing. Written when the first frame is on the screen.

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
