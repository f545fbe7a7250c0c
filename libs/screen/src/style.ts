// How text and pictures are shown: the colours and characters of the terminal, the theme, and tones of text.

import { type Colours, colourSequence, type Rgb } from './colour.ts';

/** What the terminal can show and the user has chosen. */
export interface Style {
  readonly colours: Colours;
  readonly theme: 'light' | 'dark';
  readonly glyphs: 'unicode' | 'ascii';
}

/** The meaning of a text, which decides its colour. */
export type Tone =
  | 'plain'
  | 'strong'
  | 'quiet'
  | 'border'
  | 'accent'
  | 'warning'
  | 'for'
  | 'against';

type Palette = Readonly<Record<Exclude<Tone, 'plain' | 'strong'>, Rgb>>;

/** Blue and orange differ for colour-blind users too. */
const palettes: Readonly<Record<Style['theme'], Palette>> = {
  dark: {
    quiet: [138, 138, 138],
    border: [88, 88, 88],
    accent: [74, 222, 128],
    warning: [250, 204, 21],
    for: [56, 189, 248],
    against: [251, 113, 60],
  },
  light: {
    quiet: [108, 108, 108],
    border: [178, 178, 178],
    accent: [21, 128, 61],
    warning: [146, 84, 0],
    for: [2, 105, 201],
    against: [194, 65, 12],
  },
};

/**
 * The nearest of 16 colours to success and to evidence is cyan for both, and to warnings and to evidence against
 * yellow: these differ. On white, yellow cannot be read.
 */
const basicPalettes: Readonly<Record<Style['theme'], Palette>> = {
  dark: {
    quiet: [127, 127, 127],
    border: [127, 127, 127],
    accent: [0, 255, 0],
    warning: [255, 255, 0],
    for: [0, 255, 255],
    against: [255, 0, 0],
  },
  light: {
    quiet: [127, 127, 127],
    border: [127, 127, 127],
    accent: [0, 205, 0],
    warning: [205, 0, 205],
    for: [0, 0, 238],
    against: [205, 0, 0],
  },
};

const bold = '\u{1b}[1m';
const notBold = '\u{1b}[22m';
const defaultForeground = '\u{1b}[39m';

/** The colour of a tone that has one. */
export function toneColour(
  tone: keyof Palette,
  { colours, theme }: Pick<Style, 'colours' | 'theme'>,
): Rgb {
  return (colours === 16 ? basicPalettes : palettes)[theme][tone];
}

/** The text with the sequences of its tone around it; as it is without colour. */
export function inTone(text: string, tone: Tone, style: Pick<Style, 'colours' | 'theme'>): string {
  if (style.colours === 'none' || tone === 'plain' || text === '') return text;
  if (tone === 'strong') return `${bold}${text}${notBold}`;
  const colour = colourSequence('foreground', toneColour(tone, style), style.colours);
  const coloured = `${colour}${text}${defaultForeground}`;
  return tone === 'accent' ? `${bold}${coloured}${notBold}` : coloured;
}

/** The paper behind pictures. */
export function paperOf({ theme }: Pick<Style, 'theme'>): Rgb {
  return theme === 'dark' ? [0, 0, 0] : [255, 255, 255];
}
