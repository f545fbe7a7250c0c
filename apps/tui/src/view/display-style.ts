// How the screen looks: what the terminal can show and the person has chosen, as one value.

import type { ThemeChoice } from '../state/settings.ts';
import type { Capabilities } from '../state/terminal.ts';

export interface DisplayStyle {
  readonly colours: Capabilities['colours'];
  readonly theme: 'light' | 'dark';
  /** `ascii` has no blocks; the lines of boxes are kept as long as the terminal knows them. */
  readonly glyphs: 'unicode' | 'ascii';
  readonly lines: 'round' | 'square' | 'ascii';
}

/** @param isAscii whether the person asked for ASCII, of a terminal that may know more. */
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
