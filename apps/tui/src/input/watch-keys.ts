// The commands of the keys while a network is watched that learns: in the form, and during the training.

import type { Key } from 'ink';
import { watchRows } from '../state/learning/watch.ts';
import { type Command, dispatch } from './command.ts';

const leave: Command = { type: 'watch', step: 'leave' };
const start: Command = { type: 'watch', step: 'start' };
const quit: Command = { type: 'quit' };

/** In the form. @param row the selected one */
export function choosingCommands(input: string, key: Key, row: number): Command[] {
  if (key.escape || input === 'w') return [leave];
  if (input === 'q') return [quit];
  if (key.return) return [start];
  const isNext = key.rightArrow || input === 'l' || input === ' ';
  const isBack = key.leftArrow || input === 'h';
  const name = watchRows[row];
  if (name !== undefined && (isNext || isBack)) {
    return [{ type: 'choose-training', row: name, steps: isBack ? -1 : 1 }];
  }
  const steps = key.downArrow || input === 'j' ? 1 : key.upArrow || input === 'k' ? -1 : 0;
  if (steps === 0) return [];
  const selected = Math.min(Math.max(row + steps, 0), watchRows.length - 1);
  const mode = { type: 'choosing-training', row: selected } as const;
  return [dispatch({ type: 'mode-changed', mode })];
}

const steps: ReadonlyMap<string, Command> = new Map<string, Command>([
  ['p', { type: 'watch', step: 'pause' }],
  ['w', { type: 'watch', step: 'keep' }],
  ['s', { type: 'watch', step: 'stop' }],
  ['q', quit],
]);

/** Keys that change the drawing, besides the arrows; the others have no meaning here. */
const drawingKeys = /^[ cureihjklHJKL[\]]$/;

/** During the training. @param draw the commands of the key in drawing */
export function watchingCommands(input: string, key: Key, draw: () => Command[]): Command[] {
  if (key.escape) return [leave];
  const command = steps.get(input);
  if (command !== undefined) return [command];
  const isArrow = key.leftArrow || key.rightArrow || key.upArrow || key.downArrow;
  return isArrow || drawingKeys.test(input) ? draw() : [];
}
