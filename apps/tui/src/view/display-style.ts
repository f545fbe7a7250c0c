// The display style of the screen: what the terminal can show and the user has chosen, as one
// value, and the replacement of characters that it does not allow.

import type { ThemeChoice } from '../state/settings.ts';
import { type State, themeChoiceOf } from '../state/state.ts';
import type { Capabilities } from '../state/terminal.ts';

export interface DisplayStyle {
  readonly colours: Capabilities['colours'];
  readonly theme: 'light' | 'dark';
  /** `ascii` has no blocks; boxes keep their lines as long as the terminal knows them. */
  readonly glyphs: 'unicode' | 'ascii';
  readonly lines: 'round' | 'square' | 'ascii';
}

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
    lines: !unicode ? 'ascii' : isAscii ? 'square' : 'round',
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
};

/** @returns the row with ASCII instead of other characters, but for the lines of boxes if allowed. */
export function toDisplayableRow(row: string, { glyphs, lines }: DisplayStyle): string {
  if (glyphs === 'unicode') return row;
  const plain = row.replace(/[–…×·’→]/g, character => replacements[character] ?? '?');
  return lines === 'ascii' ? plain.replace(/\P{ASCII}/gu, '?') : plain;
}
