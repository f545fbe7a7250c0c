// The keys in words: the list of all of them, and those that matter in each mode.

import type { FieldPurpose } from '../../state/mode.ts';
import type { State } from '../../state/state.ts';

/** Every key and what it does, for the help. */
export const keyHints: readonly (readonly [keys: string, meaning: string])[] = [
  ['mouse', 'left draws, right erases'],
  ['wheel  [ ]', 'narrower brush, wider brush'],
  ['arrows hjkl', 'move the pen; Shift: the drawing'],
  ['Space', 'pen down, pen up'],
  ['Enter', 'predict now'],
  ['f 0-9', 'correct: the right digit'],
  ['x', 'show evidence for and against'],
  ['e', 'eraser, pen'],
  ['u   r', 'undo, redo'],
  ['c   i', 'clear, invert'],
  ['s   o', 'save as PNG, open a PNG'],
  ['p   t', 'practice, train on corrections'],
  ['m', 'mouse off (to select text), on'],
  [',   ?', 'settings, this list'],
  ['q Ctrl+C', 'quit'],
];

/** The keys of drawing in one line or two, none longer than the smallest window. */
const drawingKeys = {
  1: ['Enter predict  f correct  u undo  c clear  e erase  ? help  q quit'],
  2: [
    'Enter predict  f correct  u r un/redo  c clear  e erase  [ ] brush',
    'x why  p practice  t train  s o files  , settings  ? help  q quit',
  ],
} as const;

const fieldKeys: Readonly<Record<FieldPurpose, string>> = {
  save: 'Enter save (as .json: the strokes)  Tab complete  Esc cancel',
  open: 'Enter open  Tab complete  Esc cancel',
  address: 'Enter apply  Esc cancel',
};

export const fieldLabels: Readonly<Record<FieldPurpose, string>> = {
  save: 'Save as: ',
  open: 'Open: ',
  address: 'Service (empty: default): ',
};

/** @returns the lines of keys for the current mode, at most `count`. */
export function keyLines({ mode, practice, learning }: State, count: number): readonly string[] {
  switch (mode.type) {
    case 'drawing':
      if (practice !== undefined)
        return ['Enter submit  n another digit  c clear  Esc end practice'];
      return count === 1 ? drawingKeys[1] : drawingKeys[2];
    case 'correcting':
      return ['0 … 9 the right digit  Esc cancel'];
    case 'typing':
      return [fieldKeys[mode.purpose]];
    case 'settings':
      return ['arrows select  Enter or Space change  Esc back'];
    case 'asking-consent':
      return ['y yes  n no  Esc cancel'];
    case 'confirming-stop':
      return ['y stop  any other key continue'];
    case 'gate':
      return learning.type === 'compared' && learning.gate.passes
        ? ['y promote  n do not  arrows select row  Esc later  q quit']
        : ['arrows select row  Esc close  q quit'];
    case 'help':
      return ['any key back  q quit'];
    case 'summary':
      return ['any key end practice  q quit'];
  }
}
