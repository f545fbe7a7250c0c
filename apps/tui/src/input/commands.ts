// What a key means. Pure; carrying it out is the app's affair.

import type { Key } from 'ink';
import type { Action } from '../state/action.ts';

export type Command =
  | { readonly kind: 'draw'; readonly action: Action }
  | { readonly kind: 'ask' }
  | { readonly kind: 'quit' };

const LEFT = drawing({ type: 'pen-moved', dx: -1, dy: 0 });
const RIGHT = drawing({ type: 'pen-moved', dx: 1, dy: 0 });
const UP = drawing({ type: 'pen-moved', dx: 0, dy: -1 });
const DOWN = drawing({ type: 'pen-moved', dx: 0, dy: 1 });
const QUIT: Command = { kind: 'quit' };

const CHARACTERS: ReadonlyMap<string, Command> = new Map([
  ['h', LEFT],
  ['l', RIGHT],
  ['k', UP],
  ['j', DOWN],
  [' ', drawing({ type: 'pen-toggled' })],
  ['c', drawing({ type: 'cleared' })],
  ['q', QUIT],
]);

/**
 * The commands of one input as Ink gives it. Fast typing arrives as one text of many characters,
 * each of which counts. Characters with Ctrl or Alt are other keys, but for Ctrl+C.
 */
export function commandsOf(input: string, key: Key): Command[] {
  if (key.ctrl) return input === 'c' ? [QUIT] : [];
  if (key.meta) return [];
  if (key.return) return [{ kind: 'ask' }];
  if (key.leftArrow) return [LEFT];
  if (key.rightArrow) return [RIGHT];
  if (key.upArrow) return [UP];
  if (key.downArrow) return [DOWN];
  return [...input].flatMap(character => CHARACTERS.get(character) ?? []);
}

function drawing(action: Action): Command {
  return { kind: 'draw', action };
}
