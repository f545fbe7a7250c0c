// The terminal's capabilities: first from the environment, then refined by its responses.

import type { Capabilities, Multiplexer } from '../state/terminal.ts';
import { coloursOf } from './colours.ts';
import { pixelMouseMode, synchronizedOutputMode } from './control-sequences.ts';
import { isPlain } from './plain-output.ts';
import type { TerminalResponse } from './terminal-response.ts';

/** What the command line asks for. */
interface Wanted {
  readonly ascii?: boolean;
  readonly screenReader?: boolean;
}

export function readCapabilities(
  env: NodeJS.ProcessEnv,
  { ascii = false, screenReader = false }: Wanted = {},
): Capabilities {
  return {
    colours: coloursOf(env),
    unicode: !ascii && supportsUnicode(env),
    pixelMouse: false,
    synchronizedOutput: false,
    theme: themeOf(env['COLORFGBG']),
    multiplexer: multiplexerOf(env),
    isScreenReader: screenReader || env['INK_SCREEN_READER'] === 'true' || isPlain(env['TERM']),
  };
}

/**
 * Applies the responses so far, in any order. Pixel reports need both a mouse mode and the size of a
 * cell.
 */
export function refine(
  capabilities: Capabilities,
  responses: readonly TerminalResponse[],
): Capabilities {
  const background = responses.findLast(response => response.type === 'background');
  return {
    ...capabilities,
    pixelMouse: supports(pixelMouseMode, responses) && responses.some(isCellSize),
    synchronizedOutput: supports(synchronizedOutputMode, responses),
    theme: background ? (isLight(background) ? 'light' : 'dark') : capabilities.theme,
  };
}

/**
 * @returns the responses with one more in the place of an earlier one to the same query; one to no
 *   query of this app is left out
 */
export function withResponse(
  responses: readonly TerminalResponse[],
  response: TerminalResponse,
): readonly TerminalResponse[] {
  const isQueried = response.type !== 'mode' || queriedModes.includes(response.mode);
  if (!isQueried) return responses;
  const isOther = (each: TerminalResponse) =>
    each.type !== response.type ||
    (each.type === 'mode' && response.type === 'mode' && each.mode !== response.mode);
  return [...responses.filter(isOther), response];
}

const queriedModes: readonly number[] = [pixelMouseMode, synchronizedOutputMode];

function isCellSize({ type }: TerminalResponse): boolean {
  return type === 'cell-size';
}

function supports(mode: number, responses: readonly TerminalResponse[]): boolean {
  const response = responses.findLast(each => each.type === 'mode' && each.mode === mode);
  return response?.type === 'mode' && ['on', 'off', 'always-on'].includes(response.setting);
}

/**
 * The first locale that is set decides, and only if it names a character set: no locale, C and POSIX
 * are common in containers and remote shells, whose terminals know Unicode all the same.
 */
function supportsUnicode(env: NodeJS.ProcessEnv): boolean {
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || '';
  const charset = /\.([^@]+)/.exec(locale)?.[1];
  return charset === undefined || /^utf-?8$/i.test(charset);
}

/** Over ssh only TERM shows it. */
function multiplexerOf({ TMUX, STY, TERM = '' }: NodeJS.ProcessEnv): Multiplexer | undefined {
  if (TMUX) return 'tmux';
  if (STY) return 'screen';
  return /^(tmux|screen)\b/.exec(TERM)?.[1] as Multiplexer | undefined;
}

/** Each component is 0…1. */
interface Colour {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
}

/** By the luma of Rec. 709. */
export function isLight({ red, green, blue }: Colour): boolean {
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.5;
}

/**
 * @param colorFgBg COLORFGBG as rxvt and others set it: palette numbers of the foreground and, last,
 *   of the background. 7 is light grey, 8 dark grey, those from 9 on are bright.
 * @returns dark if it is not set, as most terminals are
 */
export function themeOf(colorFgBg: string | undefined): 'light' | 'dark' {
  const background = /;(\d{1,2})$/.exec(colorFgBg ?? '')?.[1];
  if (background === undefined) return 'dark';
  const index = Number(background);
  return index === 7 || (index > 8 && index < 16) ? 'light' : 'dark';
}
