// The display style of the screen: what the terminal can show and the user has chosen, as one
// value, and the replacement of characters that it does not allow.

import type { Style } from '@digits/screen';
import type { ThemeChoice } from '../state/settings.ts';
import { type State, themeChoiceOf } from '../state/state.ts';
import type { Capabilities } from '../state/terminal.ts';

export type DisplayStyle = Style;

/** @param isAscii whether the user asked for ASCII, on a terminal that may know more. */
export function displayStyleOf(
  { colours, theme, unicode }: Capabilities,
  chosen: ThemeChoice,
  isAscii: boolean,
): DisplayStyle {
  return {
    colours,
    theme: chosen === 'auto' ? theme : chosen,
    glyphs: unicode && !isAscii ? 'unicode' : 'ascii',
  };
}

/** @returns the display style that a state asks for. */
export function displayStyleIn(state: State): DisplayStyle {
  return displayStyleOf(state.capabilities, themeChoiceOf(state), state.isAscii);
}

/** Each has a replacement of the same width, so that nothing moves. */
const replacements: Readonly<Record<string, string>> = {
  '–': '-',
  '…': '.',
  '×': 'x',
  '·': '.',
  '’': "'",
  '→': '>',
  '−': '-',
  '‹': '<',
  '›': '>',
};

/** @returns the text as the style can show it. */
export function displayableText(text: string, { glyphs }: Pick<DisplayStyle, 'glyphs'>): string {
  return glyphs === 'unicode' ? text : toAscii(text);
}

/** @returns the text in ASCII: letters without their accents, `?` for what has no replacement. */
export function toAscii(text: string): string {
  // A mark has no width of its own.
  return text.replace(/\p{M}/gu, '').replace(/\P{ASCII}/gu, character => {
    const [base = ''] = character.normalize('NFKD');
    return replacements[character] ?? (/\p{ASCII}/u.test(base) ? base : '?');
  });
}
