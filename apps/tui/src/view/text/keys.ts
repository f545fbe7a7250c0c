// The keys in words: the list of all of them, and those that matter in each mode.

import { isReviewing, isWon, type Round } from '@digits/client';
import type { Watch } from '../../state/learning/watch.ts';
import type { FieldPurpose, Mode } from '../../state/mode.ts';
import type { State } from '../../state/state.ts';
import { emptyText } from '../inside/inside-text.ts';
import { type KeyHint, type KeyLine, lineOf } from './key-hint.ts';

/** Every key and what it does, for the help. */
export const keyHints: readonly KeyHint[] = [
  ['mouse', 'left draws, right erases'],
  ['wheel  [ ]', 'narrower brush, wider brush'],
  ['arrows hjkl', 'move the pen; Shift: the drawing'],
  ['Space', 'pen down, pen up'],
  ['Enter', 'predict now'],
  ['f   F', 'correct (f u: undo it), list them'],
  ['x', 'show evidence for and against'],
  ['e', 'eraser, pen'],
  ['u   r', 'undo, redo'],
  ['c   i', 'clear, invert'],
  ['s   o', 'save, open or drop a file'],
  ['p   t', 'practice, train on corrections'],
  ['n', 'see inside; arrows: the neuron'],
  ['n   g', 'practice: next digit, other game'],
  ['w', 'watch a network learn'],
  ['m', 'mouse off (to select text), on'],
  [',   ?', 'settings, this list'],
  ['q Ctrl+C', 'quit'],
];

/** Named where a line of keys has columns to spare. */
const furtherDrawingKeys: readonly KeyHint[] = [
  ['n', 'inside'],
  ['w', 'watch'],
];

/** The keys of drawing in one line or two, none longer than the smallest window. */
const drawingKeys: Readonly<Record<1 | 2, readonly KeyLine[]>> = {
  1: [
    [
      ['Enter', 'predict'],
      ['f', 'correct'],
      ['u', 'undo'],
      ['c', 'clear'],
      ['e', 'erase'],
      ['?', 'help'],
      ['q', 'quit'],
    ],
  ],
  2: [
    [
      ['Enter', 'predict'],
      ['f', 'correct'],
      ['u r', 'un/redo'],
      ['c', 'clear'],
      ['e', 'erase'],
      ['[ ]', 'brush'],
    ],
    [
      ['x', 'why'],
      ['p', 'practice'],
      ['t', 'train'],
      ['s o', 'files'],
      [',', 'settings'],
      ['?', 'help'],
      ['q', 'quit'],
    ],
  ],
};

const practiceKeys: KeyLine = [
  ['Enter', 'submit'],
  ['n', 'next'],
  ['g', 'other game'],
  ['c', 'clear'],
  ['Esc', 'end practice'],
];

/** A drawing that was misread as it should be leads to the next digit, any other to another try. */
function reviewKeys(last: Round | undefined): KeyLine {
  const onward: KeyLine =
    last !== undefined && isWon(last)
      ? [['Enter', 'next']]
      : [
          ['Enter', 'try again'],
          ['n', 'next'],
        ];
  return [...onward, ['g', 'other game'], ['Esc', 'end practice']];
}

const fieldKeys: Readonly<Record<FieldPurpose, KeyLine>> = {
  save: [
    ['Enter', 'save (as .json: the strokes)'],
    ['Tab', 'complete'],
    ['Esc', 'cancel'],
  ],
  open: [
    ['Enter', 'open'],
    ['Tab', 'complete'],
    ['Esc', 'cancel'],
  ],
  address: [
    ['Enter', 'apply'],
    ['Esc', 'cancel'],
  ],
};

export const fieldLabels: Readonly<Record<FieldPurpose, string>> = {
  save: 'Save as: ',
  open: 'Open: ',
  address: 'Service (empty: default): ',
};

const gateKeys: KeyLine = [
  ['arrows', 'select row'],
  ['Esc', 'close'],
  ['q', 'quit'],
];

const promotionKeys: KeyLine = [
  ['y', 'promote'],
  ['n', 'keep champion'],
  ['arrows', 'select row'],
  ['Esc', 'later'],
  ['q', 'quit'],
];

const neuronKeys: KeyLine = [
  ['arrows', 'neuron'],
  ['Tab', 'next'],
];

const insideKeys: KeyLine = [
  ['u', 'undo'],
  ['c', 'clear'],
  ['?', 'help'],
  ['Esc', 'back'],
  ['q', 'quit'],
];

/** A network that is trained is not paused, and not saved twice. */
function watchingKeys({ view, isKept }: Watch): KeyLine {
  const isDone = view?.isDone === true;
  return [
    ...(isDone ? [] : [['p', 'pause, go on'] as const]),
    ...(isKept ? [] : [['w', 'save it'] as const]),
    ['s', isDone ? 'train another' : 'stop'],
    ['c', 'clear'],
    ['Esc', 'back'],
    ['q', 'quit'],
  ];
}

type OtherMode = Exclude<Mode['type'], 'drawing' | 'typing' | 'gate' | 'inside' | 'watching'>;

const modeKeys: Readonly<Record<OtherMode, KeyLine>> = {
  correcting: [
    ['0 1 2 3 4 5 6 7 8 9', 'digit'],
    ['u', 'undo last'],
    ['F', 'list'],
    ['Esc', 'cancel'],
  ],
  corrections: [
    ['arrows', 'select'],
    ['d', 'delete'],
    ['y', 'keep suspect'],
    ['t', 'train'],
    ['Esc', 'back'],
    ['q', 'quit'],
  ],
  'confirming-deletion': [
    ['y', 'delete'],
    ['n', 'keep'],
  ],
  'confirming-training': [
    ['y', 'train'],
    ['F', 'review the corrections'],
    ['Esc', 'not now'],
    ['q', 'quit'],
  ],
  settings: [
    ['arrows', 'select, change'],
    ['Enter', 'change'],
    ['Esc', 'back'],
  ],
  'choosing-training': [
    ['arrows', 'select, change'],
    ['Enter', 'train'],
    ['Esc', 'back'],
    ['q', 'quit'],
  ],
  'asking-consent': [
    ['y', 'yes'],
    ['n', 'no'],
    ['Esc', 'cancel'],
  ],
  'confirming-stop': [
    ['y', 'stop'],
    ['n', 'continue'],
  ],
  help: [
    ['arrows', 'scroll'],
    ['Esc', 'back'],
    ['q', 'quit'],
  ],
  summary: [
    ['Esc', 'end practice'],
    ['q', 'quit'],
  ],
};

/** @returns the hints of the current mode, in at most `count` lines of so many columns. */
export function keyHintLines(state: State, count: number, columns: number): readonly KeyLine[] {
  const { mode, practice, learning } = state;
  switch (mode.type) {
    case 'drawing':
      if (practice !== undefined) {
        return [isReviewing(state) ? reviewKeys(practice.rounds.at(-1)) : practiceKeys];
      }
      return withFurtherKeys(drawingKeys[count === 1 ? 1 : 2], columns);
    case 'typing':
      return [fieldKeys[mode.purpose]];
    case 'gate':
      return [learning.type === 'compared' && learning.gate.passes ? promotionKeys : gateKeys];
    case 'inside':
      return [emptyText(state) === undefined ? [...neuronKeys, ...insideKeys] : insideKeys];
    case 'watching':
      return [watchingKeys(state.watch)];
    default:
      return [modeKeys[mode.type]];
  }
}

/** In the first line that has the columns; help and quit stay the last ones. */
function withFurtherKeys(lines: readonly KeyLine[], columns: number): readonly KeyLine[] {
  const longer = [...lines];
  for (const hint of furtherDrawingKeys) {
    const index = longer.findIndex(line => lineOf([...line, hint]).length <= columns);
    const line = longer[index];
    if (line === undefined) continue;
    const end = index === longer.length - 1 ? line.length - 2 : line.length;
    longer[index] = line.toSpliced(end, 0, hint);
  }
  return longer;
}
