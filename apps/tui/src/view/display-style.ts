// The display style of the screen: what the terminal can show and the user has chosen, as one
// value, and text as it can be shown.

import { type Style, toAscii } from '@digits/screen';
import type { ThemeChoice } from '../state/settings.ts';
import { type State, themeChoiceOf } from '../state/state.ts';
import type { Capabilities } from '../state/terminal.ts';

export type DisplayStyle = Style;

export { toAscii };

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

/** @returns the text as the style can show it. */
export function displayableText(text: string, { glyphs }: Pick<DisplayStyle, 'glyphs'>): string {
  return glyphs === 'unicode' ? text : toAscii(text);
}
