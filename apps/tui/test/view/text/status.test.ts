import test from 'ava';
import { drawingMode, type Mode } from '../../../src/state/mode.ts';
import { startPractice } from '../../../src/state/practice.ts';
import { minWindowSize } from '../../../src/view/layout.ts';
import {
  correctionLine,
  keyHints,
  keyLines,
  titleLine,
  toolLine,
} from '../../../src/view/text/status.ts';
import { title } from '../../../src/view/text/wording.ts';
import { beginning } from '../../state/beginning.ts';

const modes: readonly Mode[] = [
  drawingMode,
  { type: 'correcting' },
  { type: 'typing', purpose: 'save', text: '', hint: '' },
  { type: 'typing', purpose: 'open', text: '', hint: '' },
  { type: 'typing', purpose: 'address', text: '', hint: '' },
  { type: 'help' },
  { type: 'settings', row: 0 },
  { type: 'asking-consent' },
  { type: 'summary' },
  { type: 'confirming-stop' },
  { type: 'gate', row: 0 },
];

test('the fixed lines fit into the least window, in every mode', t => {
  t.true(title.length <= minWindowSize.columns);
  for (const mode of modes) {
    for (const practice of [undefined, startPractice(1)]) {
      for (const count of [1, 2]) {
        const lines = keyLines(beginning({ mode, practice }), count);
        t.true(lines.length <= count);
        for (const line of lines) t.true(line.length <= minWindowSize.columns, line);
      }
    }
  }
});

test('the tool line tells tool, brush, pen and mouse', t => {
  t.is(toolLine(beginning()), 'Pen, brush 1.2');
  const pen = { x: 16, y: 14, isDown: true, isShown: true };
  t.is(
    toolLine(beginning({ tool: 'eraser', radius: 3, pen, isMouseOn: false })),
    'Eraser, brush 3.0, down at column 17, row 15, mouse off',
  );
});

test('corrections are counted in words, and those that wait', t => {
  const line = (saved: number, waiting: number) =>
    correctionLine(beginning({ corrections: { saved, waiting } }));
  t.is(line(0, 0), '');
  t.is(line(1, 0), '1 correction saved');
  t.is(line(3, 2), '3 corrections saved, 2 waiting');
});

test('in practice the title names the digit and the score', t => {
  const practice = { ...startPractice(1), target: 4 };
  t.is(titleLine(beginning({ practice })), 'Practice: draw a 4');
  const rounds = [
    { target: 3, read: 3 },
    { target: 5, read: 6 },
  ];
  t.is(
    titleLine(beginning({ practice: { ...practice, rounds } })),
    'Practice: draw a 4   1 of 2 right',
  );
});

test('every key of the help has a meaning, which fits beside the canvas', t => {
  for (const [, meaning] of keyHints) t.true(meaning.length > 0 && meaning.length <= 34, meaning);
});
