// The number of colours to use, from the environment. The person's choice comes first: FORCE_COLOR,
// then NO_COLOR (no-color.org), as in Node itself; then what is known of the terminal.

import type { Colours } from '../state/terminal.ts';

/** Terminals with 24-bit colour that do not all set COLORTERM. */
const fullTerms = /^(alacritty|contour|foot|ghostty|rio|wezterm|xterm-(kitty|ghostty))|-direct$/;
const fullPrograms = ['iTerm.app', 'WezTerm', 'ghostty', 'vscode', 'rio', 'WarpTerminal'];

export function coloursOf(env: NodeJS.ProcessEnv): Colours {
  const { FORCE_COLOR, NO_COLOR } = env;
  if (FORCE_COLOR !== undefined) return forced(FORCE_COLOR, env);
  if (NO_COLOR !== undefined && NO_COLOR !== '') return 'none';
  return detected(env);
}

/** 0 to 3 name a number of colours; any other value, even an empty one, means at least 16. */
function forced(value: string, env: NodeJS.ProcessEnv): Colours {
  switch (value) {
    case '0':
    case 'false':
      return 'none';
    case '1':
      return 16;
    case '2':
      return 256;
    case '3':
      return 'full';
    default: {
      const colours = detected(env);
      return colours === 'none' ? 16 : colours;
    }
  }
}

/** tmux accepts any colour and converts it to what its own terminal can show. */
function detected(env: NodeJS.ProcessEnv): Colours {
  const { TERM = '', COLORTERM = '', TERM_PROGRAM = '', TMUX, WT_SESSION } = env;
  if (TERM === '' || TERM === 'dumb') return 'none';
  if (/^(truecolor|24bit)$/i.test(COLORTERM) || TMUX || WT_SESSION) return 'full';
  if (fullTerms.test(TERM) || fullPrograms.includes(TERM_PROGRAM)) return 'full';
  return /256/.test(TERM) ? 256 : 16;
}
