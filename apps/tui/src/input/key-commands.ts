// The commands of the keys in each mode. Pure; effects/ executes them.

import type { Key } from 'ink';
import { drawingMode, settingRows } from '../state/mode.ts';
import type { State } from '../state/state.ts';
import type { WindowSize } from '../state/terminal.ts';
import { layoutOf } from '../view/layout.ts';
import { helpPlaceOf } from '../view/places.ts';
import { maxHelpTop } from '../view/text/help.ts';
import { type Command, dispatch } from './command.ts';
import { textEditOf } from './field-keys.ts';
import { insideCommands } from './inside-keys.ts';
import {
  correctionsCommands,
  deletionCommands,
  gateCommands,
  trainingCommands,
} from './learning-keys.ts';
import { choosingCommands, watchingCommands } from './watch-keys.ts';

/**
 * Splits fast typing, which arrives as one text, into characters: each may change the meaning of the
 * next. A text field takes the text whole.
 */
export function splitKeys(input: string, { mode }: Pick<State, 'mode'>): string[] {
  return mode.type === 'typing' || input === '' ? [input] : [...input];
}

const quit: Command = { type: 'quit' };
const leaveMode = dispatch({ type: 'mode-changed', mode: drawingMode });

/**
 * @returns the commands of one key, as Ink parses it. But for Ctrl+C, keys with Ctrl or Alt have some in
 *   a text field only.
 * @param timeMs when the key was pressed
 */
export function commandsOf(input: string, key: Key, state: State, timeMs: number): Command[] {
  const { mode, practice, window } = state;
  if (key.ctrl && input === 'c') return [quit];
  if ((key.ctrl || key.meta) && mode.type !== 'typing') return [];
  switch (mode.type) {
    case 'drawing':
      return drawingCommands(input, key, practice !== undefined, timeMs);
    case 'inside':
      return insideCommands(input, key, state) ?? drawingCommands(input, key, false, timeMs);
    case 'correcting':
      return correctingCommands(input, key);
    case 'typing':
      return typingCommands(input, key);
    case 'settings':
      return settingsCommands(input, key, mode.row);
    case 'asking-consent':
      return consentCommands(input, key);
    case 'corrections':
      return correctionsCommands(input, key);
    case 'confirming-deletion':
      return deletionCommands(input, mode);
    case 'confirming-training':
      return trainingCommands(input, key);
    case 'confirming-stop':
      return input.toLowerCase() === 'y' ? [{ type: 'stop-learning' }] : [leaveMode];
    case 'gate':
      return gateCommands(input, key);
    case 'choosing-training':
      return choosingCommands(input, key, mode.row);
    case 'watching':
      return watchingCommands(input, key, () => drawingCommands(input, key, false, timeMs));
    case 'help':
      return helpCommands(input, key, mode.top, window);
    case 'summary':
      return input === 'q' ? [quit] : [dispatch({ type: 'practice-ended' })];
  }
}

function typingCommands(input: string, key: Key): Command[] {
  if (key.escape) return [leaveMode];
  if (key.tab) return [{ type: 'complete-path' }];
  if (key.return) return [{ type: 'submit-text' }];
  const edit = textEditOf(input, key);
  return edit === undefined ? [] : [dispatch({ type: 'text-edited', edit })];
}

interface Step {
  readonly dx: number;
  readonly dy: number;
}

const steps: ReadonlyMap<string, Step> = new Map([
  ['h', { dx: -1, dy: 0 }],
  ['l', { dx: 1, dy: 0 }],
  ['k', { dx: 0, dy: -1 }],
  ['j', { dx: 0, dy: 1 }],
]);

const characters: ReadonlyMap<string, Command> = new Map([
  ['e', dispatch({ type: 'tool-toggled' })],
  ['[', dispatch({ type: 'brush-changed', steps: -1 })],
  [']', dispatch({ type: 'brush-changed', steps: 1 })],
  ['u', dispatch({ type: 'undone' })],
  ['r', dispatch({ type: 'redone' })],
  ['c', dispatch({ type: 'cleared' })],
  ['i', dispatch({ type: 'inverted' })],
  ['F', { type: 'open-corrections' }],
  ['f', dispatch({ type: 'mode-changed', mode: { type: 'correcting' } })],
  ['x', dispatch({ type: 'explanation-toggled' })],
  ['?', dispatch({ type: 'mode-changed', mode: { type: 'help', top: 0 } })],
  [',', dispatch({ type: 'mode-changed', mode: { type: 'settings', row: 0 } })],
  ['s', { type: 'open-text-field', purpose: 'save' }],
  ['o', { type: 'open-text-field', purpose: 'open' }],
  ['m', { type: 'toggle-mouse' }],
  ['p', { type: 'toggle-practice' }],
  ['t', { type: 'learn' }],
  ['w', { type: 'watch', step: 'open' }],
  ['q', quit],
]);

function drawingCommands(
  input: string,
  key: Key,
  isPractising: boolean,
  timeMs: number,
): Command[] {
  if (key.return) return [{ type: isPractising ? 'submit-round' : 'request-prediction' }];
  if (key.escape && isPractising)
    return [dispatch({ type: 'mode-changed', mode: { type: 'summary' } })];
  if (key.escape) return [{ type: 'cancel-learning' }];
  const arrow = arrowOf(key);
  if (arrow !== undefined) return [stepCommand(arrow, key.shift, timeMs)];
  const step = steps.get(input.toLowerCase());
  if (step !== undefined) return [stepCommand(step, input !== input.toLowerCase(), timeMs)];
  if (input === ' ') return [dispatch({ type: 'pen-toggled', timeMs })];
  if (input === 'n') {
    return [dispatch({ type: isPractising ? 'practice-skipped' : 'inside-opened' })];
  }
  if (input === 'g' && isPractising) return [dispatch({ type: 'practice-game-switched' })];
  const command = characters.get(input);
  return command === undefined ? [] : [command];
}

/** With Shift, or as a capital letter, a step moves the drawing instead of the pen. */
function stepCommand({ dx, dy }: Step, isShifted: boolean, timeMs: number): Command {
  return dispatch(isShifted ? { type: 'shifted', dx, dy } : { type: 'pen-moved', dx, dy, timeMs });
}

function arrowOf(key: Key): Step | undefined {
  if (key.leftArrow) return steps.get('h');
  if (key.rightArrow) return steps.get('l');
  if (key.upArrow) return steps.get('k');
  return key.downArrow ? steps.get('j') : undefined;
}

/** Any other key cancels the correction. */
function correctingCommands(input: string, key: Key): Command[] {
  if (input === 'u') return [{ type: 'undo-correction' }];
  if (input === 'F') return [{ type: 'open-corrections' }];
  const digit = /^\d$/.exec(input)?.[0];
  if (digit === undefined || key.escape) return [leaveMode];
  return [{ type: 'correct', digit: Number(digit) }];
}

/** What does not scroll leads back. */
function helpCommands(input: string, key: Key, top: number, window: WindowSize): Command[] {
  if (input === 'q') return [quit];
  const layout = layoutOf(window);
  const place = layout && helpPlaceOf(layout);
  const last = place === undefined ? 0 : maxHelpTop(place);
  const wanted = scrolledTop(input, key, { top, last, page: place?.rows ?? 1 });
  if (wanted === undefined) return [leaveMode];
  return [dispatch({ type: 'help-scrolled', top: Math.min(Math.max(wanted, 0), last) })];
}

/** @returns the top row after a key, before it is limited; `undefined` for a key that does not scroll */
function scrolledTop(
  input: string,
  key: Key,
  { top, last, page }: { readonly top: number; readonly last: number; readonly page: number },
): number | undefined {
  if (key.downArrow || input === 'j') return top + 1;
  if (key.upArrow || input === 'k') return top - 1;
  if (key.pageDown || input === ' ') return top + page;
  if (key.pageUp) return top - page;
  if (key.home) return 0;
  return key.end ? last : undefined;
}

function settingsCommands(input: string, key: Key, row: number): Command[] {
  const setting = settingRows[row];
  if (key.escape || input === ',') return [leaveMode];
  if (input === 'q') return [quit];
  const isBack = key.leftArrow || input === 'h';
  if ((key.return || input === ' ' || key.rightArrow || input === 'l' || isBack) && setting) {
    return [{ type: 'change-setting', row: setting, steps: isBack ? -1 : 1 }];
  }
  if (key.downArrow || input === 'j') return [dispatch({ type: 'setting-row-moved', steps: 1 })];
  if (key.upArrow || input === 'k') return [dispatch({ type: 'setting-row-moved', steps: -1 })];
  return [];
}

function consentCommands(input: string, key: Key): Command[] {
  if (key.escape) return [leaveMode];
  const answer = input.toLowerCase();
  if (answer !== 'y' && answer !== 'n') return [];
  return [{ type: 'set-practice-consent', isGiven: answer === 'y' }];
}
