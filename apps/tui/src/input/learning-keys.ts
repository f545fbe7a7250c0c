// The commands of the keys in the list of corrections, before a training and in the gate's table.

import type { Key } from 'ink';
import { drawingMode, type Mode } from '../state/mode.ts';
import { type Command, dispatch } from './command.ts';

/** Rows that Page Up and Page Down move by: about a table in the smallest window. */
const pageRows = 8;

const leaveMode = dispatch({ type: 'mode-changed', mode: drawingMode });
const openList: Command = { type: 'open-corrections' };
const quit: Command = { type: 'quit' };

/** @returns how many rows a key moves the selection by; `undefined` for other keys */
function rowSteps(input: string, key: Key): number | undefined {
  if (key.downArrow || input === 'j') return 1;
  if (key.upArrow || input === 'k') return -1;
  if (key.pageDown) return pageRows;
  if (key.pageUp) return -pageRows;
  if (key.home || input === 'g') return Number.NEGATIVE_INFINITY;
  return key.end || input === 'G' ? Number.POSITIVE_INFINITY : undefined;
}

export function correctionsCommands(input: string, key: Key): Command[] {
  const steps = rowSteps(input, key);
  if (steps !== undefined) return [dispatch({ type: 'correction-row-moved', steps })];
  if (key.escape || input === 'F') return [leaveMode];
  if (key.delete || key.backspace || input === 'd') return [{ type: 'ask-deletion' }];
  switch (input) {
    case 'y':
      return [{ type: 'confirm-label' }];
    case 't':
      return [leaveMode, { type: 'learn' }];
    case 'q':
      return [quit];
    default:
      return [];
  }
}

/** Any key but y keeps the correction. */
export function deletionCommands(
  input: string,
  { id, row }: Extract<Mode, { type: 'confirming-deletion' }>,
): Command[] {
  if (input.toLowerCase() === 'y') return [{ type: 'delete-correction', id }];
  return [dispatch({ type: 'mode-changed', mode: { type: 'corrections', row } })];
}

/** Any key but y and Enter leaves the training for later. */
export function trainingCommands(input: string, key: Key): Command[] {
  if (key.return || input.toLowerCase() === 'y') return [leaveMode, { type: 'train' }];
  if (input === 'F') return [openList];
  return input === 'q' ? [quit] : [leaveMode];
}

export function gateCommands(input: string, key: Key): Command[] {
  const steps = rowSteps(input, key);
  if (steps !== undefined) return [dispatch({ type: 'gate-row-moved', steps })];
  if (key.escape) return [{ type: 'decide', decision: 'later' }];
  if (input === 'q') return [quit];
  const answer = input.toLowerCase();
  if (answer !== 'y' && answer !== 'n') return [];
  return [{ type: 'decide', decision: answer === 'y' ? 'promote' : 'leave' }];
}
