// What the terminal can do: first as the environment has it, then as the terminal says itself.

import type { Capabilities, Multiplexer } from '../state/terminal.ts';
import { coloursOf } from './colours.ts';
import { pixelMouseMode, synchronizedOutputMode } from './control-sequences.ts';
import type { TerminalResponse } from './terminal-response.ts';

/** @param options `ascii` says that the person wants nothing but ASCII. */
export function readCapabilities(
  env: NodeJS.ProcessEnv,
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
  const background = answers.findLast(answer => answer.type === 'background');
  return {
    ...capabilities,
    pixelMouse: knows(pixelMouseMode, answers) && answers.some(isCellSize),
    synchronizedOutput: knows(synchronizedOutputMode, answers),
    theme: background ? (isLight(background) ? 'light' : 'dark') : capabilities.theme,
  };
}

function isCellSize({ type }: TerminalResponse): boolean {
  return type === 'cell-size';
}

function knows(mode: number, answers: readonly TerminalResponse[]): boolean {
  const answer = answers.findLast(each => each.type === 'mode' && each.mode === mode);
  return answer?.type === 'mode' && ['on', 'off', 'always-on'].includes(answer.setting);
}

/**
 * The first locale that is set decides. Only one that names another character set is believed to
 * have no Unicode: none at all, C and POSIX are what containers and remote shells have, while the
 * terminal in front of them is of today.
 */
function speaksUnicode(env: NodeJS.ProcessEnv): boolean {
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || '';
  const charset = /\.([^@]+)/.exec(locale)?.[1];
  return charset === undefined || /^utf-?8$/i.test(charset);
}

/** Behind ssh only TERM tells. */
function multiplexerOf({ TMUX, STY, TERM = '' }: NodeJS.ProcessEnv): Multiplexer | undefined {
  if (TMUX) return 'tmux';
  if (STY) return 'screen';
  return /^(tmux|screen)\b/.exec(TERM)?.[1] as Multiplexer | undefined;
}

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
