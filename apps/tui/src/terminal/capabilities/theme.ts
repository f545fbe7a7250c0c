// Whether the terminal's paper is light or dark. Without a word it is dark, as most are.

/** The parts are shares of 0…1. */
interface Colour {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
}

/** Rec. 709 luma: how bright a colour looks. */
export function isLight({ red, green, blue }: Colour): boolean {
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.5;
}

/**
 * @param colorFgBg as rxvt and others set COLORFGBG: palette numbers of the ink and, last, of the
 *   paper. 7 is light grey, 8 dark grey, the others from 9 on are bright.
 */
export function themeOf(colorFgBg: string | undefined): 'light' | 'dark' {
  const paper = /;(\d{1,2})$/.exec(colorFgBg ?? '')?.[1];
  if (paper === undefined) return 'dark';
  const index = Number(paper);
  return index === 7 || (index > 8 && index < 16) ? 'light' : 'dark';
}
