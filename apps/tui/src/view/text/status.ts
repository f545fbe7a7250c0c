// What the lines under the canvas say: the tool, the corrections, the keys of the moment.

import type { FieldPurpose } from '../../state/mode.ts';
import { countCorrect } from '../../state/practice.ts';
import type { State } from '../../state/state.ts';
import { title } from './wording.ts';

/** Every key and what it does, as the help lists them. */
export const keyHints: readonly (readonly [keys: string, meaning: string])[] = [
  ['mouse', 'left draws, right erases'],
  ['wheel  [ ]', 'a finer brush, a wider one'],
  ['arrows hjkl', 'move the pen; Shift: the drawing'],
  ['Space', 'put the pen down, or lift it'],
  ['Enter', 'ask now'],
  ['f 0-9', 'say which digit it really is'],
  ['x', 'show what spoke for it and against'],
  ['e', 'eraser, or the pen again'],
  ['u   r', 'undo, redo'],
  ['c   i', 'clear, invert'],
  ['s   o', 'save as PNG, open a PNG'],
  ['p   t', 'practice; learn from corrections'],
  ['m', 'mouse off, to select text, or on'],
  [',   ?', 'settings, this list'],
  ['q Ctrl+C', 'quit'],
];

/** The keys of drawing in one line or two, none longer than the least window. */
const drawingKeys = {
  1: ['Enter ask  f correct  u undo  c clear  e eraser  ? help  q quit'],
  2: [
    'Enter ask  f correct  u r undo, redo  c clear  e eraser  [ ] brush',
    'x why  p practice  t learn  s o files  , settings  ? help  q quit',
  ],
} as const;

const fieldKeys: Readonly<Record<FieldPurpose, string>> = {
  save: 'Enter saves it, as .json the strokes  Tab completes  Esc back',
  open: 'Enter opens it  Tab completes  Esc back',
  address: 'Enter takes it  Esc back',
};

export const fieldLabels: Readonly<Record<FieldPurpose, string>> = {
  save: 'Save as: ',
  open: 'Open: ',
  address: 'Service (empty: the usual one): ',
};

/** @returns the first line: what this is, or what practice asks for. */
export function titleLine({ practice }: State): string {
  if (practice === undefined) return title;
  const { rounds, target } = practice;
  const score = rounds.length === 0 ? '' : `   ${countCorrect(rounds)} of ${rounds.length} right`;
  return `Practice: draw a ${target}${score}`;
}

/** @returns the lines of keys, for what they mean at the moment. */
export function keyLines({ mode, practice, learning }: State, count: number): readonly string[] {
  switch (mode.type) {
    case 'drawing':
      if (practice !== undefined)
        return ['Enter reads it and goes on  n another digit  c clear  Esc ends'];
      return count === 1 ? drawingKeys[1] : drawingKeys[2];
    case 'correcting':
      return ['0 … 9 the digit it really is  Esc back'];
    case 'typing':
      return [fieldKeys[mode.purpose]];
    case 'settings':
      return ['arrows choose a line  Enter or Space changes it  Esc back'];
    case 'asking-consent':
      return ['y yes  n no  Esc no practice'];
    case 'confirming-stop':
      return ['y stop it  any other key goes on'];
    case 'gate':
      return learning.type === 'compared' && learning.gate.passes
        ? ['y promote  n leave it  arrows another row  Esc later  q quit']
        : ['arrows another row  Esc closes  q quit'];
    case 'help':
      return ['any key back  q quit'];
    case 'summary':
      return ['any key ends practice  q quit'];
  }
}

/** @returns the tool in the hand, and where the keyboard's pen is. */
export function toolLine({ tool, radius, pen, isMouseOn }: State): string {
  const parts = [`${tool === 'pen' ? 'Pen' : 'Eraser'}, brush ${radius.toFixed(1)}`];
  if (pen.isShown) {
    parts.push(`${pen.isDown ? 'down' : 'up'} at column ${pen.x + 1}, row ${pen.y + 1}`);
  }
  if (!isMouseOn) parts.push('mouse off');
  return parts.join(', ');
}

/** @returns how many corrections are safe, and how many of them the service does not have yet. */
export function correctionLine({ corrections: { saved, waiting } }: State): string {
  const parts: string[] = [];
  if (saved > 0) parts.push(`${saved} ${saved === 1 ? 'correction' : 'corrections'} saved`);
  if (waiting > 0) parts.push(`${waiting} waiting`);
  return parts.join(', ');
}
