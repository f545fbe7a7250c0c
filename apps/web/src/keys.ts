// The commands of keys and buttons, with the keys of the terminal app. Single letters have a meaning only while
// the focus is in the drawing or its answer (WCAG 2.1.4), the arrows and Space only on the surface itself.

import type { DrawingAction } from '@digits/client';

/** The changes of the drawing; those of the pen take the time as well. */
const drawingActions = {
  undo: { type: 'undone' },
  redo: { type: 'redone' },
  clear: { type: 'cleared' },
  invert: { type: 'inverted' },
  eraser: { type: 'tool-toggled' },
  narrower: { type: 'brush-changed', steps: -1 },
  wider: { type: 'brush-changed', steps: 1 },
  'shift-left': { type: 'shifted', dx: -1, dy: 0 },
  'shift-right': { type: 'shifted', dx: 1, dy: 0 },
  'shift-up': { type: 'shifted', dx: 0, dy: -1 },
  'shift-down': { type: 'shifted', dx: 0, dy: 1 },
  'pen-left': { type: 'pen-moved', dx: -1, dy: 0 },
  'pen-right': { type: 'pen-moved', dx: 1, dy: 0 },
  'pen-up': { type: 'pen-moved', dx: 0, dy: -1 },
  'pen-down': { type: 'pen-moved', dx: 0, dy: 1 },
  'lift-pen': { type: 'pen-toggled' },
} as const;

type DrawingCommand = keyof typeof drawingActions;

/** What does not change the drawing. */
export type OtherCommand =
  | 'predict'
  | 'explain'
  | 'correct'
  | 'undo-correction'
  | 'open-picture'
  | 'take-photo'
  | 'connect'
  | 'practice'
  | 'inside'
  | 'help';

export type PageCommand = DrawingCommand | OtherCommand;

export function isDrawingCommand(command: PageCommand): command is DrawingCommand {
  return command in drawingActions;
}

export function drawingActionOf(command: DrawingCommand, timeMs: number): DrawingAction {
  const time = { timeMs };
  return { ...time, ...drawingActions[command] };
}

type PressedKey = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>;

const onSurface: Readonly<Record<string, PageCommand>> = {
  ...{ ArrowLeft: 'pen-left', ArrowRight: 'pen-right', ArrowUp: 'pen-up', ArrowDown: 'pen-down' },
  ...{ ' ': 'lift-pen', Enter: 'predict' },
};

const letters: Readonly<Record<string, PageCommand>> = {
  ...{ h: 'pen-left', l: 'pen-right', k: 'pen-up', j: 'pen-down' },
  ...{ H: 'shift-left', L: 'shift-right', K: 'shift-up', J: 'shift-down' },
  ...{ e: 'eraser', '[': 'narrower', ']': 'wider', u: 'undo', r: 'redo', c: 'clear', i: 'invert' },
  ...{ x: 'explain', f: 'correct', o: 'open-picture', p: 'practice', n: 'inside', '?': 'help' },
};

/** @returns what a key does; undefined if the browser is to have it */
export function commandOfKey(key: PressedKey, isSurface: boolean): PageCommand | undefined {
  if (key.altKey) return undefined;
  if (key.ctrlKey || key.metaKey) {
    const letter = key.key.toLowerCase();
    if (letter === 'z') return key.shiftKey ? 'redo' : 'undo';
    return letter === 'y' ? 'redo' : undefined;
  }
  const command = isSurface ? onSurface[key.key] : undefined;
  const isShifted = key.shiftKey && command?.startsWith('pen-');
  const shifted = isShifted ? (command?.replace('pen', 'shift') as PageCommand) : command;
  return shifted ?? letters[key.key];
}
