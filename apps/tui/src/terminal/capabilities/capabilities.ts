// What the terminal can do: first as the environment has it, then as the terminal says itself.

import type { Capabilities, Multiplexer } from '../../state/terminal.ts';
import { pixelMouseMode, synchronizedOutputMode } from '../terminal-queries.ts';
import type { TerminalResponse } from '../terminal-response.ts';
import { coloursOf } from './colours.ts';
import type { Environment } from './environment.ts';
import { isLight, themeOf } from './theme.ts';

/** @param options `ascii` says that the person wants nothing but ASCII. */
export function readCapabilities(
  env: Environment,
  { ascii = false }: { readonly ascii?: boolean } = {},
): Capabilities {
  return {
    colours: coloursOf(env),
    unicode: !ascii && speaksUnicode(env),
    pixelMouse: false,
    synchronizedOutput: false,
    theme: themeOf(env['COLORFGBG']),
    multiplexer: multiplexerOf(env),
    isScreenReader: env['INK_SCREEN_READER'] === 'true',
  };
}

/**
 * What the terminal has answered so far, in any order, put in. Pixels need a mode of the mouse and
 * the size of a cell.
 */
export function refine(
  capabilities: Capabilities,
  answers: readonly TerminalResponse[],
): Capabilities {
  const background = answers.findLast(answer => answer.about === 'background');
  return {
    ...capabilities,
    pixelMouse: knows(pixelMouseMode, answers) && answers.some(isCellSize),
    synchronizedOutput: knows(synchronizedOutputMode, answers),
    theme: background ? (isLight(background) ? 'light' : 'dark') : capabilities.theme,
  };
}

function isCellSize({ about }: TerminalResponse): boolean {
  return about === 'cell-size';
}

function knows(mode: number, answers: readonly TerminalResponse[]): boolean {
  const answer = answers.findLast(each => each.about === 'mode' && each.mode === mode);
  return answer?.about === 'mode' && ['on', 'off', 'always-on'].includes(answer.setting);
}

/**
 * The first locale that is set decides. Only one that names another character set is believed to
 * have no Unicode: none at all, C and POSIX are what containers and remote shells have, while the
 * terminal in front of them is of today.
 */
function speaksUnicode(env: Environment): boolean {
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || '';
  const charset = /\.([^@]+)/.exec(locale)?.[1];
  return charset === undefined || /^utf-?8$/i.test(charset);
}

/** Behind ssh only TERM tells. */
function multiplexerOf({ TMUX, STY, TERM = '' }: Environment): Multiplexer | undefined {
  if (TMUX) return 'tmux';
  if (STY) return 'screen';
  return /^(tmux|screen)\b/.exec(TERM)?.[1] as Multiplexer | undefined;
}
